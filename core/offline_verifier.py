"""Checks an exported journal without the program: `python offline_verifier.py [--anchors ANCHORS] JOURNAL...`.

Standard library only, short enough to read before trusting it. JOURNAL is a file of lines
{"header": [...], "body": "...", "digest": "..."}; sealed volumes come before the export, in their order. ANCHORS is a
file of lines `number time digest count`, kept elsewhere.
The digest of an entry is that of its header as compact JSON, a line feed, and its body; the header holds the number,
the digest of the entry before, and the time in microseconds. The first body names the algorithm.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any


class Broken(Exception):
    """The proof fails; the message says where."""


def entries(lines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Number, time and digest of each entry, after proving it; raises Broken at the first that does not hold."""
    previous, number, time, algorithm = "0" * 64, 0, 0, ""
    for line in lines:
        try:
            entry: dict[str, Any] = json.loads(line)
            header, body, digest = entry["header"], entry["body"], entry["digest"]
            if not algorithm:
                algorithm = json.loads(body)["detail"]["algorithm"]
            compact = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
            proper = hashlib.new(algorithm, f"{compact}\n{body}".encode()).hexdigest()
            found, before, moment = int(header[0]), str(header[1]), int(header[2])
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise Broken(f"第 {number + 1} 条无法辨认（{error}）") from None
        if found != number + 1:
            raise Broken(f"第 {number + 1} 条缺失，下一条是第 {found} 条")
        if before != previous:
            raise Broken(f"第 {found} 条与前一条接不上")
        if digest != proper:
            raise Broken(f"第 {found} 条的内容与摘要不符")
        if moment < time:
            raise Broken(f"第 {found} 条的时间早于前一条")
        previous, number, time = digest, found, moment
        yield found, moment, digest


def anchored(lines: Iterable[str]) -> dict[int, str]:
    """Digest by number of the anchors; raises Broken for a line that is none."""
    found: dict[int, str] = {}
    for line in lines:
        words = line.split()
        if not words:
            continue
        if len(words) != 4 or not words[0].isdecimal():
            raise Broken(f"锚记“{line.strip()}”无法辨认，应为：序号 时间 摘要 条数")
        found[int(words[0])] = words[2]
    return found


def verify(journal: Iterable[str], anchors: Iterable[str] = ()) -> str:
    """The sentence that all holds; raises Broken with the sentence that it does not."""
    wanted = anchored(anchors)
    count, head = 0, ""
    for number, _, digest in entries(journal):
        if wanted.pop(number, digest) != digest:
            raise Broken(f"第 {number} 条与锚记不符：整条链可能被重写过")
        count, head = number, digest
    if not count:
        raise Broken("没有留痕")
    if wanted:
        raise Broken(f"留痕到第 {count} 条为止，锚记却到过第 {max(wanted)} 条：末尾被截去")
    return f"留痕共 {count} 条，逐条核对无误；最后一条的摘要 {head}"


def main(arguments: list[str]) -> int:
    kept, journals = (arguments[1:2], arguments[2:]) if arguments[:1] == ["--anchors"] else ([], arguments)
    if not journals:
        print("用法：python offline_verifier.py [--anchors 锚记文件] 留痕文件…（立卷的在前，按次序）")
        return 2
    try:
        anchors = [line for name in kept for line in open(name, encoding="utf-8")]  # noqa: SIM115  # read to its end
        print(verify((line for name in journals for line in open(name, encoding="utf-8")), anchors))  # noqa: SIM115
    except Broken as broken:
        print(broken)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"文件读不出：{error}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
