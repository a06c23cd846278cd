"""The names a rulebook may use: what the enabled families declare, and the agency's posts, units, bodies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.agency import Agency
from core.family import Family, LedgerType, MatterType, Setting
from core.fields import person_blanks
from core.rule_kinds import RuleKind
from core.rulebook.faults import unknown

PLAIN_SELECTORS = ("applicant", "unit-head", "supervising-leader", "principal")
READERS = ("unit-of-matter", "named", "everyone")
POINTED_SELECTORS = ("head-of", "leader-of", "leader-of-function", "person", "chosen")


@dataclass(frozen=True)
class Staffing:
    """The agency's side: posts, units, functions, bodies by key, each with its title."""

    posts: Mapping[str, str]
    units: Mapping[str, str]
    functions: Mapping[str, str]
    bodies: Mapping[str, str]

    @classmethod
    def of(cls, agency: Agency) -> "Staffing":
        return cls(
            {post.key: post.title for post in agency.posts.values()},
            {unit.key: unit.title for unit in agency.units.values()},
            agency.functions,
            {body.key: body.title for body in agency.bodies.values()},
        )

    def post(self, key: str) -> str:
        return named("职务", key, self.posts)

    def unit(self, key: str) -> str:
        return named("科室", key, self.units)

    def function(self, key: str) -> str:
        return named("分管职能", key, self.functions)

    def body(self, key: str) -> str:
        return named("会议机构", key, self.bodies)

    def selector(self, text: str, matters: Sequence[MatterType] = ()) -> str:
        """A selector of persons, checked; ValueError says what is wrong. `chosen:` asks a blank of the matters."""
        head, pointed, tail = text.partition(":")
        if not pointed:
            post, _, unit = text.partition("@")
            if text not in PLAIN_SELECTORS:
                if post not in self.posts:
                    raise ValueError(
                        "中" + unknown("职务或写法", post, [*self.posts, *PLAIN_SELECTORS], _turned(self.posts))
                    )
                if unit:
                    self.unit(unit)
            return text
        match head:
            case "head-of" | "leader-of":
                self.unit(tail)
            case "leader-of-function":
                self.function(tail)
            case "person" if tail:
                pass
            case "chosen":
                for matter in matters:
                    people = list(person_blanks(matter.facts))
                    if tail not in people:
                        raise ValueError(f"中“{matter.title}”" + unknown("填写人员的栏目", tail, people))
                if not matters:
                    raise ValueError(f"不能用“{text}”，这里没有可供选人的表")
            case _:
                raise ValueError("中" + unknown("写法", text, [f"{each}:" for each in POINTED_SELECTORS]))
        return text

    def reader(self, text: str, matters: Sequence[MatterType] = ()) -> str:
        """A selector of those who may read, checked: any selector, or one of the words that only a reading takes."""
        head, pointed, tail = text.partition(":")
        if text in READERS:
            return text
        if pointed and head == "staff-of":
            self.unit(tail)
        elif pointed and head == "members-of":
            self.body(tail)
        else:
            try:
                return self.selector(text, matters)
            except ValueError as error:
                if pointed or "@" in text or text in self.posts:
                    raise
                raise ValueError(f"{error}；查阅范围还可写 {'、'.join(READERS)}") from None
        return text


@dataclass(frozen=True)
class Vocabulary:
    """Everything nameable, by key. `families` are those whose declarations are at hand."""

    agency: Agency
    families: Mapping[str, Family]

    @cached_property
    def staffing(self) -> Staffing:
        return Staffing.of(self.agency)

    @cached_property
    def matters(self) -> Mapping[str, MatterType]:
        return {each.key: each for family in self.families.values() for each in family.matters}

    @cached_property
    def kinds(self) -> Mapping[str, RuleKind]:
        return {each.key: each for family in self.families.values() for each in family.rules}

    @cached_property
    def ledgers(self) -> Mapping[str, LedgerType]:
        return {each.key: each for family in self.families.values() for each in family.ledgers}

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """By `family.key`."""
        return {f"{family.key}.{each.key}": each for family in self.families.values() for each in family.settings}

    def matter(self, key: str) -> MatterType:
        if key not in self.matters:
            self._other_family("事项类型", key, self.matters)
            raise ValueError("中" + unknown("事项类型", key, self.matters, _turned(_titles(self.matters.values()))))
        return self.matters[key]

    def kind(self, key: str) -> RuleKind:
        if key not in self.kinds:
            self._other_family("规则种类", key, self.kinds)
            raise ValueError("中" + unknown("规则种类", key, self.kinds))
        return self.kinds[key]

    def ledger(self, key: str) -> LedgerType:
        if key not in self.ledgers:
            self._other_family("台账", key, self.ledgers)
            raise ValueError("中" + unknown("台账", key, self.ledgers, _turned(_titles(self.ledgers.values()))))
        return self.ledgers[key]

    def setting(self, key: str) -> Setting:
        if key not in self.settings:
            self._other_family("设置项", key, self.settings)
            raise ValueError("中" + unknown("设置项", key, self.settings))
        return self.settings[key]

    def _other_family(self, what: str, key: str, names: Iterable[str]) -> None:
        family = key.partition(".")[0]
        leaf = key.partition(".")[2]
        if "." not in key or family in self.families or any(name.partition(".")[2] == leaf for name in names):
            return
        raise ValueError(
            f"用了{what}“{key}”，但“{family}”这一类管理没有启用，"
            f"请在 agency.toml 的 families 中加入“{family}”，或改正名称"
        )


def named(what: str, key: str, titles: Mapping[str, str]) -> str:
    """The key itself where it is one of the names; ValueError names the nearest."""
    if key in titles:
        return key
    raise ValueError("中" + unknown(what, key, titles, _turned(titles)))


def _titles(declared: Iterable[MatterType | LedgerType]) -> Mapping[str, str]:
    return {each.key: each.title for each in declared}


def _turned(titles: Mapping[str, str]) -> dict[str, str]:
    return {title: key for key, title in titles.items()}
