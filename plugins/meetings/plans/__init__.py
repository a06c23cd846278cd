"""Which meetings are held in a year, and what they may cost."""
