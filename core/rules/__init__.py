"""Rule kinds that every family's clauses can use."""
