"""How a measured program takes orders: a count of matters on a line in, the seconds of each act on a line out."""

import json
import sys
from collections.abc import Callable


def serve(matter: Callable[[], list[float]]) -> None:
    """Answer orders until the input ends. `matter` takes one matter through all its acts."""
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps([seconds for _ in range(int(line)) for seconds in matter()]), flush=True)
