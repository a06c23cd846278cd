"""The demonstration: an invented office filled by real acts, and a walk through it as text."""
