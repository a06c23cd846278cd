"""Rosters: people taken in from a file, and an office set up with them."""
