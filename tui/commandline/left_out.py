"""Parts of Python's own library that a session on the screen never uses, and need not hold in its memory."""

import sys


def leave_out_network() -> None:
    """Keep `asyncio` from loading TLS: a session speaks to its terminal and to the store, never over the network.

    Must run before `asyncio` is first imported.
    """
    sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]
