"""Gathers the program and all it leans on into one folder, to be carried to a server without a network:
`python tests/deployment/wheelhouse.py FOLDER`.

For each machine in `MACHINES` and each Python in `PYTHONS` every dependency must have a wheel; the folder's
`requirements.txt` names each with its version and the digests of all its wheels, so that nothing else can be installed.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

TOP = Path(__file__).parents[2]
MACHINES = ("x86_64", "aarch64")
PYTHONS = ("3.11", "3.12", "3.13")
COMPILED = frozenset({"cffi", "cryptography", "lxml", "markupsafe", "tomli"})
"""Dependencies whose wheels are made for one machine; all others are plain Python."""
_LIBRARIES = ("manylinux2014", "manylinux_2_17", "manylinux_2_28")


def pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check"], check=True)


def gather(folder: Path) -> None:
    """Fill the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(TOP))
    (program,) = folder.glob("guizhang-*.whl")
    for machine in MACHINES:
        platforms = [word for library in _LIBRARIES for word in ("--platform", f"{library}_{machine}")]
        for python in PYTHONS:
            # The program's wheel first, so that what it asks for is found for that machine, not for this one.
            pip(
                "download", *platforms, "--python-version", python, "--only-binary=:all:",
                "--dest", str(folder), str(program),
            )  # fmt: skip
    (folder / "requirements.txt").write_text(requirements(folder), encoding="utf-8")


def requirements(folder: Path) -> str:
    """One line a distribution: its version and the digest of each of its wheels."""
    digests: dict[tuple[str, str], list[str]] = defaultdict(list)
    for wheel in sorted(folder.glob("*.whl")):
        name, version, *_ = wheel.name.split("-")
        digests[name.replace("_", "-").lower(), version].append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    lines = [
        " \\\n    ".join([f"{name}=={version}", *(f"--hash=sha256:{each}" for each in found)])
        for (name, version), found in sorted(digests.items())
    ]
    return "\n".join(lines) + "\n"


def made_for(folder: Path) -> dict[str, set[str]]:
    """Each distribution's machines, from the names of its wheels; `any` for plain Python."""
    found: dict[str, set[str]] = defaultdict(set)
    for wheel in folder.glob("*.whl"):
        tag = wheel.stem.rsplit("-", 1)[1]
        machine = re.search("x86_64|aarch64|^any$", tag)
        found[wheel.name.split("-")[0].replace("_", "-").lower()].add(machine.group() if machine else tag)
    return dict(found)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    gather(folder)
    wanting = {name: made for name, made in made_for(folder).items() if "any" not in made and made < set(MACHINES)}
    for name, made in wanting.items():
        print(f"{name}: wheels only for {', '.join(sorted(made))}", file=sys.stderr)
    print(f"{len(list(folder.glob('*.whl')))} wheels in {folder}")
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
