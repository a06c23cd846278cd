"""The rule kinds of meetings that vote on nothing."""
