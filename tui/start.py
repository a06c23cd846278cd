"""Where the program `guizhang` starts; what it does not need now it does not load."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code is one of `tui.commandline.exits.Exit`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        from importlib.metadata import version

        print(f"规章 {version('guizhang')}")
        return 0
    from tui.commandline.dispatch import run

    return run(words)
