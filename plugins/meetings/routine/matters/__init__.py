"""The matter types of meetings that vote on nothing."""
