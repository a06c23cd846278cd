"""The rule kinds of decisions."""
