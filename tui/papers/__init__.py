"""Matters and ledgers on paper: Word documents of the records."""
