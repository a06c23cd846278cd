"""The full-screen workbench and the command line."""
