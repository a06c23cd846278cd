"""The rule kinds of meetings."""
