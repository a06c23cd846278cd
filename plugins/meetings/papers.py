"""What meetings print: a notice, which prints as the minutes once the meeting was opened."""

from collections.abc import Iterable, Iterator

from core.consulted import Consulted
from core.matter import Matter
from core.papers import Composed, Paper, Passage
from core.rulebook.numbering import ordinal
from plugins.meetings import agenda
from plugins.meetings.minutes import Decided, Minutes, minutes_of


def _minutes(office: Consulted, notice: Matter) -> Composed | None:
    """The minutes for the principal's signature; None before the meeting was opened."""
    minutes = minutes_of(office, notice.number)
    if minutes is None:
        return None
    passages = (_attendance(office, minutes), *(_item(office, each) for each in minutes.items))
    corrected = tuple(Passage(text, "会后更正") for text in minutes.corrections)
    return Composed(f"{minutes.body}会议纪要", (*passages, *corrected), ("主要负责人签发", "签发日期"))


def drafted(office: Consulted, minutes: Minutes) -> str:
    """What was decided, item by item, as minutes that are circulated say it."""
    items = (_item(office, each) for each in minutes.items)
    return "\n".join(f"{each.heading}\n{each.text}" for each in items)


def _attendance(office: Consulted, minutes: Minutes) -> Passage:
    day, name = minutes.held_on, office.organisation.name
    absent = [f"{name(person)}（{noted}）" for person, noted in minutes.absent]
    lines = (
        ("会议", minutes.title),
        ("时间", f"{day.year}年{day.month}月{day.day}日 {minutes.time}".strip()),
        ("地点", minutes.place),
        ("主持", name(minutes.chair)),
        ("出席", _named(office, minutes.present)),
        ("缺席", "、".join(absent)),
        ("列席", _named(office, minutes.observers)),
        ("记录", name(minutes.recorder)),
    )
    return Passage("\n".join(f"{title}：{text}" for title, text in lines if text))


def _item(office: Consulted, item: Decided) -> Passage:
    return Passage("\n".join(_told(office, item)), f"{ordinal(item.number)}、{item.title}")


def _told(office: Consulted, item: Decided) -> Iterator[str]:
    """What was reported, decided and charged to whom, a line each."""
    name = office.organisation.name
    if item.reporter:
        yield f"{name(item.reporter)}作了汇报。"
    if item.recused:
        yield f"{_named(office, item.recused)}回避。"
    counted = f"（{item.votes}）" if item.votes else ""
    yield f"会议决定：{item.decision or item.outcome or '未作决定'}{counted}。".replace("。。", "。")
    charged = [f"由{name(item.responsible)}负责"] if item.responsible else []
    unit = office.organisation.units.get(item.executor)
    charged += [f"{unit.title}落实"] if unit else []
    charged += [f"{item.finish_by.isoformat()} 前完成"] if item.finish_by else []
    if charged:
        yield f"{'，'.join(charged)}。"
    for owed in item.duties:
        yield f"{owed.title}：{_named(office, owed.owners)}，{owed.due.isoformat()} 前。"


def _named(office: Consulted, persons: Iterable[str]) -> str:
    return "、".join(office.organisation.name(each) for each in persons)


PAPERS = (Paper(agenda.NOTICE, "会议通知", becomes=_minutes),)
