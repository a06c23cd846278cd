"""Cases: a regulation tested by what a clerk writes in a table."""
