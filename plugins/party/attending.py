"""Who ought to come to a Party meeting, and who came."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.fields import Value
from core.matter import Matter
from plugins.party import roll

COMMITTEE, CELL, MEMBERS, LESSON = (
    "party.committee-meeting",
    "party.cell-meeting",
    "party.members-meeting",
    "party.lesson",
)
LIFE, DEMOCRATIC = "party.life-meeting", "party.democratic-life"
TITLES = {
    "支委会": COMMITTEE,
    "党小组会": CELL,
    "支部党员大会": MEMBERS,
    "党课": LESSON,
    "组织生活会": LIFE,
    "民主生活会": DEMOCRATIC,
}
"""Each kind of meeting by what it is called."""
KINDS = {kind: title for title, kind in TITLES.items()}


def due(office: Consulted, kind: str, unit: str) -> list[str]:
    """Who ought to come: the committee, the leading body, or all members of the branch or cell."""
    if kind == COMMITTEE:
        posts = office.setting("party.committee")
        found = [person for post in posts for person in office.organisation.holders(str(post), office.day, unit)]
    elif kind == DEMOCRATIC:
        found = [person for each in office.setting("party.team") for person in office.selected(str(each))]
    else:
        found = [each.person for each in roll.roll(office, unit)]
    return list(dict.fromkeys(found))


def absent(matter: Matter) -> list[str]:
    """Those noted as away."""
    return list(roll.named(matter.rows("absent")))


def full_members(office: Consulted, kind: str, unit: str) -> list[str]:
    """The full members among those who ought to come; they alone vote."""
    expected = due(office, kind, unit)
    members = roll.members(office, expected)
    return [person for person in expected if person not in members or members[person].standing == roll.FULL]


def counted(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """The figures of a meeting, from the roll and from who is noted as away."""
    unit, kind = matter.text("unit"), matter.kind
    expected, away = due(office, kind, unit), set(absent(matter))
    voters = full_members(office, kind, unit)
    problems = matter.rows("problems")
    told: dict[str, Value] = dict(roll.secretary(office, unit))
    if kind == LESSON:
        told["by_secretary"] = matter.text("lecturer") in roll.secretaries(office, unit)
    return {
        "due": len(expected),
        "present": sum(each not in away for each in expected),
        "absent_count": sum(each in away for each in expected),
        "voters": len(voters),
        "voters_present": sum(each not in away for each in voters),
        "decided": sum(row.get("outcome") == "通过" for row in matter.rows("decisions")),
        "problem_count": len(problems),
        "serious_count": sum(row.get("serious") is True for row in problems),
        **told,
    }
