"""The matter types of meetings."""
