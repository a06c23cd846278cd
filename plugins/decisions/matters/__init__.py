"""The matter types of decisions."""
