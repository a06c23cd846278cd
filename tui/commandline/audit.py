"""The journal read, proven, anchored and exported; none of it needs the agency's rules."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.commandline.anchoring import keep_anchor, read_anchor, taken
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import stored

if TYPE_CHECKING:
    from core.journal import Entry, Journal
    from core.store.database import Store
    from core.verifying import Anchor

_LATEST = 20


def arguments(parser: Parser, verb: str) -> None:
    match verb:
        case "journal":
            parser.add_argument("sequence", nargs="?", type=int, metavar="序号", help="看这一条；不写则列出最近的")
            parser.add_argument("--matter", metavar="编号", help="只看这件事项的")
            parser.add_argument(
                "--limit", type=int, default=_LATEST, metavar="条数", help=f"最多列出多少条，不写为 {_LATEST}"
            )
        case "audit verify":
            parser.add_argument("--documents", action="store_true", help="连同每份记录一起核对")
            parser.add_argument(
                "--anchors", metavar="文件", help="外存的锚记，每行一个，即 guizhang audit anchor 所输出"
            )
            parser.add_argument("--volumes", metavar="目录", help="立卷的目录，连同各卷从第一条核对起")
        case "audit anchor":
            parser.add_argument("--append", metavar="文件", help="同时添在这个文件的末尾")
            parser.add_argument("--second", action="store_true", help="同时送到本单位设定的第二处")
        case "audit export":
            parser.add_argument("file", metavar="文件", help="留痕写到这个文件，不能已经存在")


def run(arguments: argparse.Namespace) -> int:
    from core.journal import Journal

    with stored(arguments) as store:
        match arguments.verb:
            case "journal":
                return _journal(Journal(store), arguments)
            case "audit verify":
                return _verify(Journal(store), store, arguments)
            case "audit anchor":
                return keep_anchor(Journal(store), arguments)
            case "audit slip":
                return _slip(Journal(store), store, arguments.json)
            case _:
                return _export(store, arguments)


def _journal(journal: "Journal", arguments: argparse.Namespace) -> int:
    if arguments.sequence is not None:
        entry = journal.entry(arguments.sequence)
        if entry is None:
            archived = 0 < arguments.sequence <= journal.archived
            told = "已经立卷封存，请到卷里查" if archived else "没有记下"
            raise UsageFault(f"第 {arguments.sequence} 条留痕{told}")
        say_json(_entry_over_the_line(entry) if arguments.session else _entry_json(entry, whole=True))
        return Exit.DONE
    matter, limit = arguments.matter, max(1, arguments.limit)
    entries = journal.for_matter(matter) if matter is not None else journal.latest(limit=limit)[::-1]
    if arguments.json:
        say_json([_entry_json(entry, whole=False) for entry in entries])
        return Exit.DONE
    rows = [
        (
            entry.sequence,
            entry.at.strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor + (f"代{entry.on_behalf}" if entry.on_behalf else ""),
            _act_title(entry.act),
            entry.matter,
            entry.digest[:16],
        )
        for entry in entries
    ]
    say_table(("序号", "时间", "谁", "做什么", "事项", "摘要"), rows, "没有留痕")
    return Exit.DONE


def _act_title(act: str) -> str:
    from core.acts import Verb

    return Verb(act).title if act in {verb.value for verb in Verb} else act


def _entry_over_the_line(entry: "Entry") -> dict[str, Any]:
    """What the auditor reads: that an act was done, not what the matter says; of accounts and keys, which."""
    from core.access.logins import ACCOUNT_ACTS

    head = _entry_json(entry, whole=False)
    return {**head, "detail": entry.detail} if entry.act in ACCOUNT_ACTS else head


def _entry_json(entry: "Entry", *, whole: bool) -> dict[str, Any]:
    head: dict[str, Any] = {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "on_behalf": entry.on_behalf,
        "act": entry.act,
        "matter": entry.matter,
        "session": entry.session,
        "rulebook": entry.rulebook,
        "digest": entry.digest,
    }
    if not whole:
        return head
    documents = [
        {"table": each.table, "id": each.doc_id, "revision": each.revision, "document": each.document}
        for each in entry.documents
    ]
    return {**head, "detail": entry.detail, "documents": documents, "settings": entry.settings}


def _verify(journal: "Journal", store: "Store", arguments: argparse.Namespace) -> int:
    anchors = read_anchors(arguments.anchors) if arguments.anchors is not None else []
    volumes = _volumes(arguments.volumes) if arguments.volumes is not None else []
    proof = journal.verify(anchors, documents=arguments.documents, volumes=volumes)
    lost = _lost_attachments(store) if arguments.documents and proof.sound else []
    if lost:
        proof = replace(proof, sound=False, sentence="\n".join(lost))
    if arguments.json:
        say_json(
            {
                "sound": proof.sound,
                "entries": proof.entries,
                "head": proof.head,
                "first_bad": proof.first_bad,
                "sentence": proof.sentence,
            }
        )
    else:
        say(proof.sentence)
    return Exit.DONE if proof.sound else Exit.REFUSED


def _volumes(folder: str) -> list[Path]:
    from core.archiving import volumes_in

    found = volumes_in(Path(folder))
    if not found:
        raise UsageFault(f"目录 {folder} 里没有立卷的文件，请核对 --volumes")
    return found


def _lost_attachments(store: "Store") -> list[str]:
    from core.attachments.files import AttachmentFiles
    from core.attachments.held import unsound

    return unsound(store, AttachmentFiles(store.storage.path, store.storage.algorithm))


def read_anchors(name: str) -> list["Anchor"]:
    """The anchors in a file, one a line."""
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageFault(f"锚记文件 {name} 读不出，请核对路径、权限和编码") from None
    return list(_anchors(name, lines))


def _anchors(name: str, lines: Iterable[str]) -> Iterable["Anchor"]:
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                yield read_anchor(line)
        except ValueError:
            raise UsageFault(f"锚记文件 {name} 第 {number} 行不是锚记，应为：序号 时间 摘要 条数") from None


def _slip(journal: "Journal", store: "Store", json: bool) -> int:
    from tui.commandline.slip import slip_text

    anchor = taken(journal)
    text = slip_text(anchor, store.storage.algorithm, Path(store.storage.path).name)
    if json:
        say_json({"sequence": anchor.sequence, "digest": anchor.digest, "text": text})
    else:
        say(text)
    return Exit.DONE


def _export(store: "Store", arguments: argparse.Namespace) -> int:
    from core.store.exchange import export_journal

    count = export_journal(store, arguments.file)
    tell(f"已导出 {count} 条留痕到 {arguments.file}")
    if arguments.json:
        say_json({"entries": count, "file": arguments.file})
    return Exit.DONE
