"""Rule kinds that several families use."""
