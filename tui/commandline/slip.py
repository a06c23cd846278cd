"""The anchor slip: the head of the chain on paper, to be signed and kept by whoever audits."""

from core.store.links import ALGORITHMS
from core.verifying import Anchor

_GROUP = 8
_IN_A_ROW = 4


def slip_text(anchor: Anchor, algorithm: str, store: str) -> str:
    """The slip, 60 cells wide, plain enough for any printer; its last line is what a program reads."""
    groups = [anchor.digest[place : place + _GROUP] for place in range(0, len(anchor.digest), _GROUP)]
    rows = [" ".join(groups[place : place + _IN_A_ROW]) for place in range(0, len(groups), _IN_A_ROW)]
    rule = "-" * 60
    return "\n".join(
        [
            "留痕锚记单",
            rule,
            f"记录库    {store}",
            f"留痕序号  第 {anchor.sequence} 号，共 {anchor.count} 条",
            f"记录时间  {anchor.at:%Y-%m-%d %H:%M:%S}",
            f"摘要算法  {ALGORITHMS.get(algorithm, algorithm)}",
            *(f"{'摘要      ' if place == 0 else '          '}{row}" for place, row in enumerate(rows)),
            rule,
            "本单证明：以上序号及以前的留痕，自打印时起没有增删改。",
            "核对：guizhang audit verify --anchors 文件（文件内容为末行）",
            "",
            "取锚人签字：____________    审计员签字：____________",
            "日    期：____________    存 放 处：____________",
            rule,
            f"{anchor.sequence} {anchor.at.isoformat()} {anchor.digest} {anchor.count}",
        ]
    )
