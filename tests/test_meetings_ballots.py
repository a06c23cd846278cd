"""Votes from the members' own sessions: once each, open ones by name, secret ones unlinkable in journal and store."""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.cases.play import office_factory
from core.days.clock import FixedClock
from core.office import Office
from core.verdict import Result
from office_acts import clauses
from office_sitting import (
    CONFIG,
    DEPUTIES,
    DIRECTOR,
    MEMBERS,
    MORNING,
    RECORDER,
    SECRETARY,
    Opened,
    called,
    discussed,
    item_of,
    sessions,
    step,
    topic,
)
from plugins.meetings.secret_ballot.box import BallotBox, BoxError
from plugins.meetings.secret_ballot.course import SecretVote, sweep
from plugins.meetings.sitting import OPEN_METHODS
from tui.start import main

WORDS = ("红旗渠水长流", "watcher-word")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    yield from sessions(tmp_path)


def test_a_member_casts_his_own_vote_and_nobody_casts_it_again(opened: Opened) -> None:
    recorder, member = opened(), opened()
    meeting = discussed(recorder, topic(recorder))
    mine: dict[str, Any] = {"person": DEPUTIES[0], "method": "举手", "choice": "赞成"}
    early = step(member, meeting, "vote", by=DEPUTIES[0], **mine)
    assert "general/ballot" in clauses(early)
    assert step(recorder, meeting, "voting", method="举手").done
    assert step(member, meeting, "vote", by=DEPUTIES[0], **mine).done
    assert "general/ballot" in clauses(step(recorder, meeting, "vote", **{**mine, "choice": "反对"}))
    assert item_of(recorder, meeting).votes == {DEPUTIES[0]: "赞成"}


def test_whoever_is_second_to_cast_one_vote_is_refused_whichever_session_it_is(opened: Opened) -> None:
    recorder, member = opened(), opened()
    meeting = discussed(recorder, topic(recorder))
    assert step(recorder, meeting, "voting", method="口头").done
    mine: dict[str, Any] = {"person": DEPUTIES[0], "method": "口头"}
    assert step(recorder, meeting, "vote", **mine, choice="弃权").done
    assert "general/ballot" in clauses(step(member, meeting, "vote", by=DEPUTIES[0], **mine, choice="赞成"))
    assert item_of(member, meeting).tally.abstained == 1


def test_a_vote_by_name_is_not_entered_for_others_and_nobody_votes_for_another(opened: Opened) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    assert step(office, meeting, "voting", method="记名").done
    vote: dict[str, Any] = {"person": DEPUTIES[0], "method": "记名", "choice": "赞成"}
    assert "general/ballot" in clauses(step(office, meeting, "vote", **vote))
    assert "general/ballot" in clauses(step(office, meeting, "vote", by=DEPUTIES[1], **vote))
    assert "general/ballot" in clauses(step(office, meeting, "vote", by=DEPUTIES[0], **{**vote, "method": "举手"}))
    assert step(office, meeting, "vote", by=DEPUTIES[0], **vote).done


def test_own_votes_keep_the_order_that_the_clause_prescribes(opened: Opened) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    assert step(office, meeting, "voting", method="记名").done
    ahead = step(office, meeting, "vote", by=DIRECTOR, person=DIRECTOR, method="记名", choice="赞成")
    assert "office-meeting/flow.3" in clauses(ahead)


def boxes(office: Office, meeting: str, by: str) -> SecretVote:
    box = BallotBox(office.store.storage.path)
    return SecretVote(office.desk, box, office.perform, by, meeting, 1)


def kept_beside(office: Office) -> list[Path]:
    return list(Path(f"{office.store.storage.path}.ballots").glob("*"))


def sealed(office: Office) -> str:
    meeting = discussed(office, topic(office))
    assert _ok(boxes(office, meeting, RECORDER).open(SECRETARY, WORDS[0]))
    assert _ok(boxes(office, meeting, SECRETARY).watch(WORDS[1]))
    return meeting


def _ok(result: Result | None) -> bool:
    assert result is not None
    assert result.done, [each.facts for each in result.verdict.findings]
    return True


CHOICES = ("反对", "赞成", "弃权", "赞成")


def counted(office: Office) -> str:
    meeting = sealed(office)
    for person, choice in zip(MEMBERS, CHOICES, strict=True):
        assert _ok(boxes(office, meeting, person).cast(choice))
    assert _ok(boxes(office, meeting, RECORDER).unseal(WORDS[0]))
    assert _ok(boxes(office, meeting, SECRETARY).count(WORDS[1]))
    return meeting


def test_a_secret_vote_from_the_members_sessions_is_counted_by_two(opened: Opened) -> None:
    office = opened()
    meeting = counted(office)
    assert item_of(office, meeting).tally.text == "赞成 2 票，反对 1 票，弃权 1 票"
    (count,) = office.desk.matters("meetings.ballot", meeting=meeting)
    assert (count.count("issued"), count.count("returned"), count.count("invalid")) == (4, 4, 0)


def test_nothing_kept_tells_what_anybody_voted(opened: Opened) -> None:
    """The choices stand nowhere beside a person, and what was cast differs by nothing that depends on the choice."""
    office = opened()
    meeting = counted(office)
    entries = office.journal.entries(limit=10_000)
    cast = [each for each in entries if each.actor in MEMBERS and "sealed" in json.dumps(_images(each))]
    assert len(cast) == len(MEMBERS)
    for entry in cast:
        told = json.dumps([each.document for each in entry.documents], ensure_ascii=False)
        assert not any(choice in told for choice in ("赞成", "反对", "弃权"))
    shapes = {json.dumps(_shape(each), sort_keys=True) for each in cast}
    assert len(shapes) == 1
    assert kept_beside(office) == []
    assert len({each.text("sealed") for each in office.desk.matters("meetings.deposit", meeting=meeting)}) == 4
    between = [each for each in entries if cast[0].sequence < each.sequence < cast[-1].sequence]
    assert {each.sequence for each in between} <= {each.sequence for each in cast}


def _images(entry: Any) -> list[Any]:
    return [each.document for each in entry.documents]


def _shape(entry: Any) -> list[Any]:
    """A recorded act with the size of every text in the place of the text."""

    def sized(value: Any) -> Any:
        match value:
            case dict():
                return {key: sized(each) for key, each in value.items()}
            case list():
                return [sized(each) for each in value]
            case str():
                return len(value)
            case _:
                return type(value).__name__

    return [(each.table, sized(each.document)) for each in entry.documents]


def test_neither_the_recorder_nor_the_watcher_opens_the_box_alone(opened: Opened) -> None:
    office = opened()
    meeting = sealed(office)
    assert _ok(boxes(office, meeting, DIRECTOR).cast("赞成"))
    with pytest.raises(BoxError, match="选票不在"):
        boxes(office, meeting, SECRETARY).count(WORDS[1])
    with pytest.raises(BoxError, match="口令不对"):
        boxes(office, meeting, RECORDER).unseal("猜一个口令吧")
    assert _ok(boxes(office, meeting, RECORDER).unseal(WORDS[0]))
    pile = next(each for each in kept_beside(office) if each.suffix == ".pile")
    assert len(json.loads(pile.read_text())[0]) == 98
    stolen = boxes(office, meeting, RECORDER)
    with pytest.raises(BoxError, match="口令不对"):
        stolen.count(WORDS[0])


def test_papers_given_are_those_cast_and_those_not_cast(opened: Opened) -> None:
    office = opened()
    meeting = sealed(office)
    for each in MEMBERS[:3]:
        assert _ok(boxes(office, meeting, each).cast("赞成"))
    assert _ok(boxes(office, meeting, RECORDER).unseal(WORDS[0]))
    late = boxes(office, meeting, DIRECTOR).cast("赞成")
    assert late is not None and "general/ballot" in clauses(late)
    assert _ok(boxes(office, meeting, SECRETARY).count(WORDS[1]))
    (count,) = office.desk.matters("meetings.ballot", meeting=meeting)
    assert (count.count("issued"), count.count("returned")) == (4, 3)


def test_a_secret_ballot_is_cast_once_and_only_by_whoever_got_one(opened: Opened) -> None:
    office = opened()
    meeting = sealed(office)
    assert _ok(boxes(office, meeting, DIRECTOR).cast("赞成"))
    for person in (DIRECTOR, RECORDER, SECRETARY):
        again = boxes(office, meeting, person).cast("反对")
        assert again is not None and "general/ballot" in clauses(again)
    copied = office.desk.matters("meetings.deposit", meeting=meeting)[0].text("sealed")
    assert step(office, meeting, "deposit", by=DEPUTIES[0], sealed=copied).done
    assert _ok(boxes(office, meeting, RECORDER).unseal(WORDS[0]))
    assert _ok(boxes(office, meeting, SECRETARY).count(WORDS[1]))
    assert item_of(office, meeting).tally.votes_for == 1
    (count,) = office.desk.matters("meetings.ballot", meeting=meeting)
    assert count.count("invalid") == 1


def test_a_box_is_not_concluded_upon_before_it_is_counted(opened: Opened) -> None:
    office = opened()
    meeting = sealed(office)
    for each in MEMBERS:
        assert _ok(boxes(office, meeting, each).cast("赞成"))
    said: dict[str, Any] = {"decision": "定", "dissent": "无"}
    assert "general/ballot" in clauses(step(office, meeting, "conclusion", outcome="不通过", **said))
    assert step(office, meeting, "conclusion", outcome="暂缓", **said).done


def test_a_forgotten_word_costs_a_new_vote_and_nothing_of_the_old_one_remains(opened: Opened) -> None:
    office = opened()
    meeting = sealed(office)
    assert _ok(boxes(office, meeting, DIRECTOR).cast("赞成"))
    assert step(office, meeting, "revote", reason="监票人忘记了口令").done
    assert item_of(office, meeting).cast() == set()
    box = BallotBox(office.store.storage.path)
    sweep(office.desk, box)
    assert len(kept_beside(office)) == 2
    sweep(office.desk, box, older_than=-1)
    assert kept_beside(office) == []
    assert _ok(boxes(office, meeting, RECORDER).open(SECRETARY, WORDS[0]))
    assert _ok(boxes(office, meeting, SECRETARY).watch(WORDS[1]))
    assert _ok(boxes(office, meeting, DIRECTOR).cast("反对"))
    assert _ok(boxes(office, meeting, RECORDER).unseal(WORDS[0]))
    assert _ok(boxes(office, meeting, SECRETARY).count(WORDS[1]))
    assert item_of(office, meeting).tally.against == 1
    assert "general/ballot" in clauses(step(office, meeting, "revote", reason="结果不合意"))


def test_whoever_keeps_out_after_casting_a_secret_ballot_is_not_counted(opened: Opened) -> None:
    office = opened()
    meeting = sealed(office)
    for each in MEMBERS:
        assert _ok(boxes(office, meeting, each).cast("赞成"))
    assert step(office, meeting, "recusal", person=DEPUTIES[0], reason="亲属").done
    assert _ok(boxes(office, meeting, RECORDER).unseal(WORDS[0]))
    assert "general/ballot" in clauses(step(office, meeting, "recusal", person=DEPUTIES[1], reason="亲属"))
    assert _ok(boxes(office, meeting, SECRETARY).count(WORDS[1]))
    assert item_of(office, meeting).tally.votes_for == 3


def test_the_watcher_is_another_than_the_recorder_and_sits_in_the_room(opened: Opened) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    for watcher in (RECORDER, "P024"):
        result = boxes(office, meeting, RECORDER).open(watcher, WORDS[0])
        assert result is not None and "general/ballot" in clauses(result)
    assert kept_beside(office) == []
    with pytest.raises(BoxError, match="至少"):
        boxes(office, meeting, RECORDER).open(SECRETARY, "短")


def test_an_item_voted_on_by_hand_is_not_counted_by_paper(opened: Opened) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    assert step(office, meeting, "voting", method="举手").done
    wrong = step(office, meeting, "ballot", issued=4, returned=4, votes_for=4, against=0, abstained=0, invalid=0)
    assert "general/ballot" in clauses(wrong)


def test_neither_the_screen_nor_the_seals_are_loaded_before_they_are_needed() -> None:
    told = "import sys, plugins.meetings; sys.exit(bool({'cryptography', 'textual'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


@pytest.fixture
def typed(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """One form handed in at the command line, with a line said beside it; the exit code."""
    office = opened()
    place = ("--agency", "baicheng", "--config", str(CONFIG), "--store", str(office.store.storage.path))

    def hand_in(by: str, kind: str, *blanks: str, said: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
        monkeypatch.setattr("core.office.SystemClock", lambda: FixedClock(MORNING))
        return main(["submit", kind, *blanks, "--as", by, *place])

    return hand_in


def test_a_secret_vote_is_held_by_command_line_and_no_choice_stands_in_a_command(
    opened: Opened, typed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    at = (f"会议={meeting}", "议题序号=1")
    assert typed(MEMBERS[0], "无记名投票", *at, said="赞成") == 1
    assert "票箱还没有封好" in capsys.readouterr().err
    assert typed(RECORDER, "开始表决", *at, "表决方式=无记名", "监票人=高雅琴", said="abc") == 1
    assert "至少 6 个字符" in capsys.readouterr().err
    assert typed(RECORDER, "开始表决", *at, "表决方式=无记名", "监票人=高雅琴", said=WORDS[0]) == 0
    assert typed(SECRETARY, "监票封箱", *at, said=WORDS[1]) == 0
    assert typed(MEMBERS[0], "无记名投票", *at) == 2
    assert "标准输入" in capsys.readouterr().err
    assert typed(MEMBERS[0], "无记名投票", *at, said="同意") == 1
    assert "赞成、反对、弃权" in capsys.readouterr().err
    for person, choice in zip(MEMBERS, CHOICES, strict=True):
        assert typed(person, "无记名投票", *at, said=choice) == 0
    assert typed(MEMBERS[0], "无记名投票", *at, said="弃权") == 1
    assert "已经投过票" in capsys.readouterr().err
    assert typed(RECORDER, "开箱", *at, said=WORDS[1]) == 1
    assert "口令不对" in capsys.readouterr().err
    assert typed(RECORDER, "开箱", *at, said=WORDS[0]) == 0
    assert typed(SECRETARY, "无记名计票", *at, said=WORDS[1]) == 0
    assert item_of(office, meeting).tally.text == "赞成 2 票，反对 1 票，弃权 1 票"
    assert kept_beside(office) == []


def test_before_the_roll_call_a_step_is_told_that_alone(opened: Opened) -> None:
    office = opened()
    meeting = called(office, topic(office))
    for kind, values in (("report", {}), ("statement", {"position": "同意", "text": "可"})):
        refused = step(office, meeting, kind, person=DEPUTIES[0], **values)
        assert {each.facts for each in refused.verdict.findings} == {
            "会议还没有签到", "会议还没有签到，或者已经闭会",
        }  # fmt: skip


@pytest.mark.parametrize("agency", sorted(path.parent.name for path in (CONFIG / "agencies").glob("*/agency.toml")))
def test_every_way_of_voting_that_an_agency_names_can_be_opened(agency: str) -> None:
    office = office_factory(CONFIG, agency)(FixedClock(MORNING))
    named = office.desk.setting("meetings.methods") if "meetings" in office.agency.families else ()
    assert set(named) <= set(OPEN_METHODS)
