"""A document written for the person at the screen: into his own export folder, with word of how to fetch it."""

from collections.abc import Callable
from pathlib import Path

from core.errors import StoreError
from core.exports import ExportFolder
from tui.own_machine import command, named
from tui.screens.frame import Frame


async def save(frame: Frame, name: str, suffix: str, write: Callable[[str], str]) -> None:
    """Have `write` make a file of that name, marked with the moment, and tell what it said and where the file is."""
    session = frame.session
    folder = ExportFolder(Path(session.office.store.storage.path).absolute(), session.person)
    try:
        path = folder.place(f"{name}-{session.desk.now:%Y%m%d-%H%M%S}{suffix}")
        told = write(str(path))
    except StoreError as error:
        await frame.tell("没有导出", str(error))
        return
    fetching = command(session.office, session.person, "fetch-export", path.name)
    where = f"取回：{fetching} > {named(path.name)}" if session.office.session else f"文件：{path}"
    await frame.tell("已导出", "\n".join(each for each in (told, where) if each))


async def save_document(frame: Frame, name: str, suffix: str, content: bytes, note: str = "") -> None:
    """Save a document that is ready."""
    from tui.commandline.new_files import new_file

    def write(path: str) -> str:
        with new_file(path, suffix) as file:
            file.write(content)
        return note

    await save(frame, name, suffix, write)
