"""Matter types of the seals family."""
