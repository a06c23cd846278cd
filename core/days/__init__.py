"""Days: the clock, working days, what comes round, what is owed."""
