"""What one run found: medians, ratios beside the peers, the aims, as one table and one file."""

import json
import os
import platform
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Line:
    """One figure, in milliseconds unless its subject names another unit. `ratio` is the peer's figure over ours, the
    median over the rounds; above 1 we are faster.
    """

    measure: str
    subject: str
    milliseconds: float
    samples: int
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None


def milliseconds(seconds: list[float]) -> float:
    """The median of some durations."""
    return median(seconds) * 1000


def paired(theirs: list[list[float]], ours: list[list[float]]) -> float:
    """How many times longer theirs took: the median of the ratios of each round's medians."""
    return median(median(a) / median(b) for a, b in zip(theirs, ours, strict=True))


def flat(rounds: list[list[float]]) -> list[float]:
    """The durations of all rounds."""
    return [seconds for each in rounds for seconds in each]


def machine() -> dict[str, object]:
    """What the run was made on, in general terms."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}


def write(lines: list[Line], path: Path) -> None:
    """Keep the run's figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {"machine": machine(), "lines": [asdict(line) for line in lines]}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(lines: list[Line]) -> str:
    """The run's figures as a Markdown table."""
    rows = [("measure", "subject", "figure", "n", "peer ÷ ours", "aim", "met")]
    rows += [
        (
            line.measure,
            line.subject,
            f"{line.milliseconds:.3f}" if line.milliseconds < 10 else f"{line.milliseconds:.1f}",
            str(line.samples),
            f"{line.ratio:.2f}" if line.ratio is not None else "",
            line.aim,
            {True: "yes", False: "no", None: ""}[line.met],
        )
        for line in lines
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    said = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    said.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(said)
