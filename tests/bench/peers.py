"""The programs that are measured beside this one, each in an environment of its own under ``.bench``."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
BENCH = PROJECT / ".bench"

REQUIREMENTS = {
    "spiff": ("SpiffWorkflow==3.2.0",),
    "viewflow": ("django-viewflow==2.4.0", "django==5.2.19"),
    "posting": ("posting==2.11.1", "tree-sitter==0.25.2"),
    "openslides": ("openslides==3.3",),
}
"""What is installed for each peer. posting dies at start under a later tree-sitter than the one it was built for."""

_AFTERWARDS = {"openslides": ("typing_extensions>=4",)}
"""What is put in the place of a requirement that does not run on this Python."""


def python_of(peer: str) -> Path:
    """The interpreter of a peer's environment, which is made and filled when it is not there."""
    place = BENCH / peer
    ready = place / "ready"
    if not ready.exists():
        print(f"preparing {peer}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *REQUIREMENTS[peer]], check=True)
        if later := _AFTERWARDS.get(peer):
            subprocess.run([*pip, "--upgrade", *later], check=True)
        ready.touch()
    return place / "bin" / "python"
