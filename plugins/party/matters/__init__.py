"""The matter types of the party family."""
