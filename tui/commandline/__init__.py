"""The command line: the same acts and questions as the screens, for scripts and for `ssh host verb`."""
