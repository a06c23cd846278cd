"""Whether every step of an agency's chains has someone to act, with the people it has; and who is needed where."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.place import place_of, store_given

if TYPE_CHECKING:
    from core.agency import Agency
    from core.chains.reachability import Place, Reach
    from core.people import Organisation
    from core.rulebook.model import Rulebook


def check_people(config: Path, keys: list[str], arguments: argparse.Namespace) -> int:
    """Say for each agency which steps are dead and whom the others depend on."""
    from core.chains.reachability import reach
    from core.host import Host
    from core.office import rulebook_texts
    from core.rulebook.agency_file import load_agency
    from core.rulebook.load import load_rulebook

    told, dead = [], 0
    for key in keys:
        agency = load_agency(config / "agencies" / key / "agency.toml")
        host = Host(agency.families)
        rulebook = load_rulebook(rulebook_texts(config, key), agency, host.families)
        organisation, day = _organisation(config, agency, arguments)
        found = reach(rulebook, host.matter_types, agency.bodies, organisation, day)
        dead += sum(not each.stated for each in found.dead)
        if arguments.json:
            told.append(_json(key, found))
        else:
            _say(agency, rulebook, organisation, found, day)
    if arguments.json:
        say_json(told)
    return Exit.REFUSED if dead else Exit.DONE


def _organisation(config: Path, agency: "Agency", arguments: argparse.Namespace) -> tuple["Organisation", date]:
    """The people of the records where there are any, else those of the agency's people file."""
    from core.days.clock import SystemClock
    from core.people import Organisation
    from core.rulebook.people_file import load_people

    day = SystemClock().now().date()
    arguments.agency = agency.key
    store = place_of(arguments).store
    if store.is_file():
        from core.roll import Roll
        from core.store.database import Store

        kept = Store(store)
        try:
            return Roll(agency, kept).current, day
        finally:
            kept.close()
    file = config / "agencies" / agency.key / "people.toml"
    if store_given(arguments) is not None or not file.is_file():
        raise UsageFault(f"没有记录库 {store}，也没有人员文件 {file}，查不了由谁办理")
    people = load_people(file, agency)
    named = {each.key: each for each in people.people}
    shape = (agency.units, agency.posts, agency.functions)
    return Organisation(*shape, named, people.tenures, people.oversights), day


def _say(agency: "Agency", rulebook: "Rulebook", organisation: "Organisation", found: "Reach", day: date) -> None:
    for each in found.dead:
        who = "、".join(organisation.described(person, day) for person in each.applicants[:3])
        more = f"等 {len(each.applicants)} 人" if len(each.applicants) > 3 else ""
        say(f"{_where(rulebook, each.place)}：{who}{more}提交的，{each.why}")
        say(f"    怎样办：{each.remedy}")
    for needed in found.dependences:
        say(f"{organisation.described(needed.person, day)}不在岗而未指定代理时：")
        for what, places in (("停下", needed.stopped), ("按规定由他人办理", needed.covered)):
            if places:
                say(f"    {what}：{_listed(places)}")
    dead = sum(not each.stated for each in found.dead)
    tell(f"{agency.title}：{f'{dead} 处环节无人可办' if dead else '每个环节都有人可办'}")


def _where(rulebook: "Rulebook", place: "Place") -> str:
    return f"《{place.matter}》“{place.step}”环节（{rulebook.called(place.clause)}，{place.clause}）"


def _listed(places: "tuple[Place, ...]") -> str:
    by_matter: dict[str, list[str]] = {}
    for place in places:
        by_matter.setdefault(place.matter, []).append(place.step)
    return "；".join(f"{matter}：{'、'.join(dict.fromkeys(steps))}" for matter, steps in by_matter.items()) or "无"


def _json(key: str, found: "Reach") -> dict[str, object]:
    def place(each: "Place") -> dict[str, str]:
        return {"matter": each.matter, "clause": each.clause, "step": each.step}

    return {
        "agency": key,
        "dead": [
            {
                **place(each.place),
                "applicants": list(each.applicants),
                "why": each.why,
                "remedy": each.remedy,
                "stated": each.stated,
            }
            for each in found.dead
        ],
        "people": [
            {
                "person": each.person,
                "stops": [place(one) for one in each.stopped],
                "covered": [place(one) for one in each.covered],
            }
            for each in found.dependences
        ],
        "evaluations": found.evaluations,
    }
