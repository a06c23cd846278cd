"""Rule kinds of the seals family."""
