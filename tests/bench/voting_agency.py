"""The agency whose congress of two hundred members is measured, at a meeting that has come to a vote."""

from pathlib import Path
from shutil import copytree
from typing import Any

from core.acts import Act, Verb
from core.office import Office
from core.people import Person, Tenure

CONFIG = Path(__file__).parents[2] / "config"
MEMBERS = 200
METHOD = "记名"
_RECORDER, _SIGNER = "R1", "R2"
_AGENCY = """
[agency]
key = "hall"
title = "大会"
families = ["meetings"]
[[unit]]
key = "hall"
title = "会场"
[[post]]
key = "member"
title = "代表"
rank = 1
[[post]]
key = "recorder"
title = "记录"
rank = 2
[[post]]
key = "signer"
title = "秘书长"
rank = 2
[[body]]
key = "congress"
title = "代表大会"
members = ["member"]
chair = ["member"]
secretary = ["recorder"]
clause = "congress/1"
"""
_REGULATION = """
[regulation]
id = "congress"
title = "大会办法"
family = "meetings"
[[clause]]
no = "1"
kind = "approval"
text = "议题和通知由秘书长审定"
[[clause.chain]]
matter = "meetings.topic"
steps = [{ by = "signer", title = "审定" }]
[[clause.chain]]
matter = "meetings.notice"
steps = [{ by = "signer", title = "审定" }]
[[clause.setting]]
key = "meetings.categories"
value = ["议案"]
"""
_RULES = (
    "notified",
    "roll",
    "announced",
    "report-first",
    "one-by-one",
    "not-again",
    "voters",
    "recusal",
    "reconciled",
    "complete",
    "majority",
    "in-session",
    "answered",
    "still-open",
)


def _regulation() -> str:
    """The regulation, with a quorum and a clause for each rule that meetings usually have."""
    clauses = [(f"{number}", f'use = "meetings.{key}"') for number, key in enumerate(_RULES, 2)]
    clauses.append((f"{len(clauses) + 2}", 'use = "meetings.quorum"\nshare = "1/2"'))
    written = (
        f'[[clause]]\nno = "{no}"\nkind = "decision"\ntext = "规则"\n[[clause.rule]]\n{use}\n' for no, use in clauses
    )
    return _REGULATION + "".join(written)


def member(place: int) -> str:
    """The key of a member, from nought."""
    return f"M{place:03d}"


def voting_office(folder: Path, members: int = MEMBERS) -> Office:
    """The office on a store in the folder; its rules and, the first time, so many members are put there."""
    config = folder / "config"
    if not config.exists():
        copytree(CONFIG / "national", config / "national")
        (config / "agencies" / "hall" / "rulebook").mkdir(parents=True)
        (config / "agencies" / "hall" / "agency.toml").write_text(_AGENCY, encoding="utf-8")
        (config / "agencies" / "hall" / "rulebook" / "congress.toml").write_text(_regulation(), encoding="utf-8")
    office = Office.open(config, "hall", folder / "office.store")
    if not office.desk.organisation.people:
        keys = [*(member(place) for place in range(members)), _RECORDER, _SIGNER]
        posts = {_RECORDER: "recorder", _SIGNER: "signer"}
        people = [Person(key, f"代表{key}") for key in keys]
        office.found(people, [Tenure(key, posts.get(key, "member"), "hall") for key in keys], [])
    return office


def opened_vote(office: Office, members: int = MEMBERS) -> str:
    """The number of a meeting at which a vote is open to all members."""
    topic = _filed(
        office, "topic", title="议案", body="congress", category="议案", work_opinion="一", proposal="二",
        decision="三", disputes="无",
    )  # fmt: skip
    day = office.desk.day.isoformat()
    meeting = _filed(
        office, "notice", title="大会", body="congress", form="例会", held_on=day, time="9:00", place="礼堂",
        convener=member(0), items=[{"subject": topic, "reporter": _RECORDER}],
    )  # fmt: skip
    roll = [{"person": member(place), "state": "到会"} for place in range(members)]
    _filed(office, "opening", meeting=meeting, chair=member(0), recorder=_RECORDER, roll=roll)
    _filed(office, "report", meeting=meeting, item=1, person=_RECORDER)
    _filed(office, "voting", meeting=meeting, item=1, method=METHOD)
    return meeting


def _filed(office: Office, kind: str, **values: Any) -> str:
    result = office.perform(Act(Verb.SUBMIT, _RECORDER, f"meetings.{kind}", values=values))
    assert result.matter is not None, [each.facts for each in result.verdict.findings]
    if result.matter.step is not None:
        assert office.perform(Act(Verb.APPROVE, _SIGNER, matter=result.matter.number)).done
    return result.matter.number


def ballot(meeting: str, person: str) -> Act:
    """A member's own vote."""
    values = {"meeting": meeting, "item": 1, "person": person, "method": METHOD, "choice": "赞成"}
    return Act(Verb.SUBMIT, person, "meetings.vote", values=values)
