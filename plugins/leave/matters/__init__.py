"""The matter types of the leave family."""
