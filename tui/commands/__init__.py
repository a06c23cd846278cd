"""The one registry of what a person can do, for screens and the command line alike."""
