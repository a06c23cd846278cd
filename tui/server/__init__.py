"""The machine the office runs on: what is laid out on it, and what is looked at to see that it is sound."""
