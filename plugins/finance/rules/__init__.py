"""The rule kinds of the finance family."""
