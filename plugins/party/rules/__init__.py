"""The rule kinds of the party family."""
