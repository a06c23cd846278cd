"""Hearing acts: what stands against each, and what it would make of its matter."""
