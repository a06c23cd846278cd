"""What forms may refer to: people, units, posts, bodies, functions, matters, by key or by title."""

from collections.abc import Mapping
from datetime import date

from core.desk import Desk
from core.fields import Directory, Kind
from core.text import nearest


class OfficeDirectory(Directory):
    """Looks references up in an office's own records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def choices(self, setting: str) -> tuple[str, ...]:
        return tuple(str(each) for each in self._desk.setting(setting))

    def today(self) -> date | None:
        return self._desk.day

    def refer(self, kind: Kind, text: str, matter: str = "") -> str:
        agency = self._desk.agency
        match kind:
            case Kind.PERSON:
                return self._person(text)
            case Kind.MATTER:
                return self._matter(text, matter)
            case Kind.UNIT:
                return _titled({unit.key: unit.title for unit in agency.units.values()}, text, "科室")
            case Kind.POST:
                return _titled({post.key: post.title for post in agency.posts.values()}, text, "职务")
            case Kind.BODY:
                return _titled({body.key: body.title for body in agency.bodies.values()}, text, "会议机构")
            case Kind.LEDGER:
                return _titled({each.key: each.title for each in self._desk.host.ledgers.values()}, text, "台账")
            case _:
                return _titled(agency.functions, text, "工作")

    def _person(self, text: str) -> str:
        organisation, day = self._desk.organisation, self._desk.day
        if text in organisation.people:
            return text
        named = [key for key, person in organisation.people.items() if person.name == text]
        serving = tuple(key for key in named if organisation.tenures_of(key, day)) or tuple(named)
        meant = serving or organisation.in_post(text, day)
        if len(meant) == 1:
            return meant[0]
        if meant:
            each = "、".join(f"{organisation.described(key, day)}编号 {key}" for key in meant)
            raise ValueError(f"有 {len(meant)} 位“{text}”：{each}，请写明编号")
        hint = nearest(text, [person.name for person in organisation.people.values()])
        raise ValueError(f"没有名为“{text}”的人员" + (f"，是否指“{hint}”？" if hint else ""))

    def _matter(self, text: str, wanted: str) -> str:
        found = self._desk.matter(text)
        if found is None:
            raise ValueError(f"没有编号为“{text}”的事项")
        if wanted and found.kind != wanted:
            kind = self._desk.host.matter_types.get(wanted)
            raise ValueError(f"“{text}”不是{kind.title if kind else wanted}")
        return text


def _titled(titles: Mapping[str, str], text: str, what: str) -> str:
    if text in titles:
        return text
    for key, title in titles.items():
        if title == text:
            return key
    hint = nearest(text, list(titles.values()))
    meant = f"，是否指“{hint}”？" if hint else f"，可填：{'、'.join(titles.values())}"
    raise ValueError(f"没有名为“{text}”的{what}{meant}")
