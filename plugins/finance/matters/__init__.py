"""The matter types of the finance family."""
