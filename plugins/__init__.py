"""The regulation families."""
