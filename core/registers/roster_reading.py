"""What a roster comes to, beside the people already registered: the changes it makes, and its problems row by row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from typing import Any

from core.acts import SYSTEM
from core.fields import Value
from core.finding import Level, Problem
from core.matter import Matter
from core.names import search_keys
from core.people import Organisation, Oversight, Person, Span, Staff, Tenure
from core.records import EndTenure
from core.text import nearest

Change = Person | Tenure | EndTenure | Oversight
_DAY = timedelta(days=1)
_COLUMNS = {"last_day": "until"}
"""Blanks of single registrations that a roster's column has another name for."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One change, the row (`tenures.3`) it comes from, and the single registration (`core.appointment`) it equals.

    A person's name and staff kind have no registration of their own: `kind` is empty.
    """

    at: str
    change: Change
    kind: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    def place(self, at: str) -> str:
        """Where in the roster a problem with a blank of the single registration belongs."""
        blank = at.split(".")[0]
        return f"{self.at}.{_COLUMNS.get(blank, blank)}" if blank else self.at


@dataclass(frozen=True)
class Roster:
    """The changes in the order they take effect, and every problem with the number of the clause it stands on."""

    registrations: tuple[Registration, ...]
    problems: tuple[tuple[str, Problem], ...]

    def parts(self, matter: Matter, before: Organisation) -> Iterator[tuple[Registration, Matter, Organisation]]:
        """Each change as the registration it equals, with the organisation it meets: the changes before it made, and
        the division of work as the whole roster leaves it, since posts and functions often change hands together.
        """
        organisation = before
        divided = [each.change for each in self.registrations if isinstance(each.change, Oversight)]
        for number, each in enumerate(self.registrations, 1):
            if each.kind:
                part = replace(matter, number=f"{matter.number}-{number}", kind=each.kind, values=each.values)
                tenure = not isinstance(each.change, Oversight)
                yield each, part, reduce(changed, divided, organisation) if tenure else organisation
            organisation = changed(organisation, each.change)


def changed(organisation: Organisation, change: Change) -> Organisation:
    """The organisation after a change."""
    match change:
        case Person():
            return replace(organisation, people={**organisation.people, change.key: change})
        case Tenure():
            return replace(organisation, tenures=(*organisation.tenures, change))
        case EndTenure():
            return replace(organisation, tenures=tuple(_ended(each, change) for each in organisation.tenures))
        case Oversight():
            until = _before(change.span.since)
            earlier = (
                replace(each, span=Span(each.span.since, until))
                if each.person == change.person and each.span.until > until
                else each
                for each in organisation.oversights
            )
            return replace(organisation, oversights=(*earlier, change))


def described(change: Change, organisation: Organisation) -> str:
    """A change in words."""
    units, functions = organisation.units, organisation.functions
    match change:
        case Person():
            return f"{change.key} {change.name}，{change.staff.value}"
        case Tenure():
            until = f"至 {change.span.until} " if change.span.until != date.max else "起"
            where = organisation.said(change.unit, change.post)
            return f"{organisation.name(change.person)}自 {change.span.since} {until}任{where}"
        case EndTenure():
            where = organisation.said(change.unit, change.post)
            return f"{organisation.name(change.person)}任{where}至 {change.last_day} 为止"
        case Oversight():
            names = [*(units[each].title for each in change.units), *(functions[each] for each in change.functions)]
            return f"{organisation.name(change.person)}自 {change.span.since} 起分管{'、'.join(names)}"


def _before(day: date) -> date:
    return day - _DAY if day > date.min else day


def _ended(tenure: Tenure, end: EndTenure) -> Tenure:
    same = (tenure.person, tenure.post) == (end.person, end.post) and end.unit in ("", tenure.unit)
    if same and tenure.span.holds(end.last_day):
        return replace(tenure, span=Span(tenure.span.since, end.last_day))
    return tenure


def read_roster(matter: Matter, organisation: Organisation, day: date) -> Roster:
    """The changes and the problems of a roster matter. Rows whose needed blanks could not be read are passed over."""
    return _Reading(matter, organisation, day).roster()


class _Reading:
    def __init__(self, matter: Matter, organisation: Organisation, day: date) -> None:
        self._matter, self._organisation, self._day = matter, organisation, day
        self._problems: list[tuple[str, Problem]] = []
        self._names = {key: person.name for key, person in organisation.people.items()}

    def roster(self) -> Roster:
        people = list(self._people())
        tenures = list(self._tenures())
        oversights = list(self._oversights())
        ends = [each for each in tenures if isinstance(each.change, EndTenure)]
        begun = [each for each in tenures if not isinstance(each.change, EndTenure)]
        return Roster((*people, *ends, *begun, *oversights), tuple(self._problems))

    def _fault(self, at: str, facts: str, remedy: str, no: str = "form", level: Level = Level.REFUSE) -> None:
        self._problems.append((no, Problem(facts, remedy, at, level)))

    def _rows(self, key: str, needed: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for number, row in enumerate(self._matter.rows(key), 1):
            if all(row.get(each) for each in needed):
                yield f"{key}.{number}", row

    def _people(self) -> Iterator[Registration]:
        listed: set[str] = set()
        for at, row in self._rows("people", ("key",)):
            key, name = str(row["key"]), str(row.get("name") or "")
            known = self._organisation.people.get(key)
            staff = Staff(row["staff"]) if row.get("staff") else known.staff if known else Staff.ESTABLISHED
            if key == SYSTEM:
                self._fault(f"{at}.key", f"“{key}”是程序自己留痕用的名字，不能作人员的编号", "另编一个号")
                continue
            if key in listed:
                self._fault(f"{at}.key", f"编号“{key}”在人员表里写了两次", "一人一行，一人一号")
                continue
            listed.add(key)
            self._names[key] = name
            if not name:
                continue
            if known and known.name != name:
                facts = f"编号“{key}”原登记为{known.name}，将改名为{name}"
                self._fault(f"{at}.name", facts, "确是改名的无需处理；不是同一人的，另编一个号", level=Level.NOTE)
            if known is None or (known.name, known.staff) != (name, staff):
                yield Registration(at, Person(key, name, staff, search_keys(name)))

    def _person(self, at: str, row: Mapping[str, Any]) -> str:
        """The number of the person a row is about; empty, with the problem noted, where there is none such."""
        key, name = str(row["person"]), str(row.get("name") or "")
        if key not in self._names:
            numbers = [each for each, known in self._names.items() if known == key]
            hint = nearest(key, self._names)
            meant = f"应写编号“{'”或“'.join(numbers)}”" if numbers else f"是否指“{hint}”？" if hint else ""
            facts = f"没有编号为“{key}”的人员"
            self._fault(f"{at}.person", facts, meant or "先在人员表里写明这个人的编号和姓名", "unknown")
            return ""
        if name and self._names[key] and name != self._names[key]:
            facts = f"编号“{key}”是{self._names[key]}，表中姓名写的是{name}"
            self._fault(f"{at}.name", facts, "核对编号和姓名，两者要指同一人")
            return ""
        return key

    def _span(self, at: str, row: Mapping[str, Any]) -> Span | None:
        if not row.get("since"):
            return None
        span = Span(row["since"], row.get("until") or date.max)
        if span.since > span.until:
            self._fault(f"{at}.until", f"起始日期 {span.since} 晚于截止日期 {span.until}", "把起止日期改成先后次序")
            return None
        return span

    def _tenures(self) -> Iterator[Registration]:
        listed: list[Tenure] = []
        for at, row in self._rows("tenures", ("person",)):
            person, span = self._person(at, row), self._span(at, row)
            if not person or span is None or not row.get("post") or not row.get("unit"):
                continue
            tenure = Tenure(person, str(row["post"]), str(row["unit"]), span)
            if any(_overlap(tenure, each) for each in listed):
                facts = f"{self._said(tenure)}写了两次，日期有重叠"
                self._fault(f"{at}.since", facts, "删去重复的一行，或改正日期")
                continue
            listed.append(tenure)
            known = [each for each in self._organisation.tenures if _overlap(tenure, each)]
            if known:
                yield from self._held(at, tenure, known[0], row)
                continue
            values = _given(row, person=person, post=tenure.post, unit=tenure.unit, since=span.since, until=span.until)
            yield Registration(at, tenure, "core.appointment", values)

    def _held(self, at: str, tenure: Tenure, known: Tenure, row: Mapping[str, Any]) -> Iterator[Registration]:
        """A row about a post that is registered: it may end it, and otherwise must agree with it."""
        since, until = known.span.since, known.span.until
        if since not in (date.min, tenure.span.since):
            facts = f"{self._said(tenure)}已登记自 {since} 起，表中写的是 {tenure.span.since}"
            self._fault(f"{at}.since", facts, f"起始日期改为 {since}；确是再次任职的，先写明前一次的截止日期")
        elif tenure.span.until > until:
            facts = f"{self._said(tenure)}已登记至 {until} 为止"
            self._fault(f"{at}.until", facts, f"截止日期改为 {until}；继续任职的，另起一行，从次日写起")
        elif tenure.span.until < until:
            end = EndTenure(tenure.person, tenure.post, tenure.span.until, tenure.unit)
            values = _given(row, person=tenure.person, post=tenure.post, last_day=tenure.span.until)
            yield Registration(at, end, "core.departure", values)

    def _said(self, tenure: Tenure) -> str:
        unit, post = self._organisation.units[tenure.unit], self._organisation.posts[tenure.post]
        return f"{self._names[tenure.person]}任{unit.title}{post.title}"

    def _oversights(self) -> Iterator[Registration]:
        listed: set[str] = set()
        titles = {key: unit.title for key, unit in self._organisation.units.items()}
        for at, row in self._rows("oversights", ("person",)):
            person, span = self._person(at, row), self._span(at, row)
            units = self._named(f"{at}.units", "科室", str(row.get("units") or ""), titles)
            functions = self._named(
                f"{at}.functions", "工作", str(row.get("functions") or ""), self._organisation.functions
            )
            if not row.get("units") and not row.get("functions"):
                self._fault(f"{at}.units", "没有写明分管什么", "写明分管科室或分管工作，多个以顿号分开")
                continue
            if person in listed:
                self._fault(f"{at}.person", f"{self._names[person]}的分管写了两行", "一位领导一行，写全他分管的")
                continue
            if not person or span is None or units is None or functions is None:
                continue
            listed.add(person)
            if self._registered(oversight := Oversight(person, units, functions, span)):
                continue
            values = _given(row, person=person, since=span.since, until=span.until)
            values["units"] = tuple({"unit": each} for each in units)
            values["functions"] = tuple({"function": each} for each in functions)
            yield Registration(at, oversight, "core.oversight", values)

    def _registered(self, oversight: Oversight) -> bool:
        return any(
            each.person == oversight.person
            and (set(each.units), set(each.functions)) == (set(oversight.units), set(oversight.functions))
            and each.span.since in (date.min, oversight.span.since)
            and each.span.until == oversight.span.until
            for each in self._organisation.oversights
        )

    def _named(self, at: str, what: str, text: str, titles: Mapping[str, str]) -> tuple[str, ...] | None:
        """The keys of what a cell lists; None, with every unknown name noted, where one is unknown."""
        keys = {title: key for key, title in titles.items()} | {key: key for key in titles}
        names = [each.strip() for each in text.replace("，", "、").replace(",", "、").split("、") if each.strip()]
        for name in names:
            if name not in keys:
                hint = nearest(name, titles.values())
                meant = f"是否指“{hint}”？" if hint else f"可填：{'、'.join(titles.values())}"
                self._fault(at, f"没有名为“{name}”的{what}", meant, "unknown")
        return tuple(dict.fromkeys(keys[name] for name in names)) if all(name in keys for name in names) else None


def _overlap(one: Tenure, other: Tenure) -> bool:
    same = (one.person, one.post, one.unit) == (other.person, other.post, other.unit)
    return same and one.span.since <= other.span.until and other.span.since <= one.span.until


def _given(row: Mapping[str, Any], **values: Value) -> dict[str, Value]:
    """The values of the single registration; an open end is left out."""
    kept = {key: value for key, value in values.items() if value != date.max}
    return {**kept, "basis": str(row.get("basis") or "人员名册")}
