"""The rule kinds of the leave family."""
