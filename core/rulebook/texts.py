"""Reading configuration files as text: a file that is missing or not UTF-8 is a fault, with its sentence."""

from pathlib import Path

from core.errors import RulebookInvalid
from core.rulebook.faults import RulebookFault
from core.system_errors import reason


def read_texts(folder: Path, pattern: str, head: str = "") -> dict[str, str]:
    """The texts of the files in a folder, by their path inside it, led by `head`.

    Raises RulebookInvalid for all that are unreadable.

    Hidden files, and those an editor left behind (`~`), are left out.
    """
    texts: dict[str, str] = {}
    faults = []
    for path in sorted(folder.rglob(pattern)):
        inside = path.relative_to(folder)
        if any(part.startswith((".", "~")) for part in inside.parts):
            continue
        try:
            texts[f"{head}{inside.as_posix()}"] = read_text(path)
        except RulebookInvalid as error:
            faults += [RulebookFault(f"{head}{inside.as_posix()}", fault.line, fault.message) for fault in error.faults]
    if faults:
        raise RulebookInvalid(faults)
    return texts


def read_text(path: Path) -> str:
    """The text of a file, without a byte order mark. Raises RulebookInvalid where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise RulebookInvalid([RulebookFault(path.name, line, "文件不是 UTF-8 编码，请另存为 UTF-8 后再用")]) from None
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        said = "找不到这个文件" if missing else f"文件打不开（{reason(error)}）"
        raise RulebookInvalid([RulebookFault(path.name, 0, said)]) from None
