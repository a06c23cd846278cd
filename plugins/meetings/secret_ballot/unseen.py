"""A secret vote without a screen: each step is filed with a word or a choice that is said beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.family import MatterType
from core.unseen import Seat, Unseen
from core.verdict import Result
from plugins.meetings import agenda
from plugins.meetings.matters.session import BALLOT_KEY
from plugins.meetings.matters.voting import DEPOSIT_KEY, UNSEALING_KEY, VOTING_KEY, WATCH_KEY
from plugins.meetings.secret_ballot.box import BallotBox, BoxError
from plugins.meetings.secret_ballot.course import SecretVote, sweep
from plugins.meetings.sitting import CHOICES, SECRET, Ballot


def _place(seat: Seat) -> tuple[str, int]:
    """The meeting and the item; empty and nought where they are not filled in."""
    item = seat.values.get("item")
    return str(seat.values.get("meeting", "")), item if isinstance(item, int) else 0


def _ballot(seat: Seat) -> Ballot | None:
    meeting, item = _place(seat)
    return agenda.sitting_of(seat.office, meeting).item(item).ballot if meeting and item else None


def _vote(seat: Seat) -> SecretVote:
    return SecretVote(seat.office, BallotBox(seat.store), seat.perform, seat.person, *_place(seat))


def _asks_to_open(seat: Seat) -> str:
    secret = seat.values.get("method") == SECRET and "watcher" in seat.values and all(_place(seat))
    return "给票箱设的口令（至少六个字符，开箱时要用）" if secret else ""


def _open(seat: Seat, word: str) -> Result | None:
    sweep(seat.office, BallotBox(seat.store))
    return _vote(seat).open(str(seat.values["watcher"]), word)


def _asks_to_watch(seat: Seat) -> str:
    return "给票箱设的口令（至少六个字符，计票时要用）" if all(_place(seat)) else ""


def _asks_to_cast(seat: Seat) -> str:
    ballot = _ballot(seat)
    return f"表决（{'、'.join(CHOICES)}）" if ballot is not None and ballot.taking else ""


def _cast(seat: Seat, choice: str) -> Result | None:
    if choice not in CHOICES:
        raise BoxError(f"表决只能是：{'、'.join(CHOICES)}；没有投出")
    return _vote(seat).cast(choice)


def _asks_to_unseal(seat: Seat) -> str:
    ballot = _ballot(seat)
    return "封箱时设的口令" if ballot is not None and ballot.taking else ""


def _asks_to_count(seat: Seat) -> str:
    ballot = _ballot(seat)
    return "封箱时设的口令" if ballot is not None and ballot.unsealed and ballot.watcher == seat.person else ""


_UNSEEN: Mapping[str, Unseen] = {
    VOTING_KEY: Unseen(_asks_to_open, _open),
    WATCH_KEY: Unseen(_asks_to_watch, lambda seat, word: _vote(seat).watch(word)),
    DEPOSIT_KEY: Unseen(_asks_to_cast, _cast),
    UNSEALING_KEY: Unseen(_asks_to_unseal, lambda seat, word: _vote(seat).unseal(word)),
    BALLOT_KEY: Unseen(_asks_to_count, lambda seat, word: _vote(seat).count(word)),
}
"""The steps of a secret vote from the members' own sessions, by the kind of matter that records each."""


def said_beside(*matters: MatterType) -> Iterator[MatterType]:
    """These kinds of matter, those that record a secret vote with what is said beside them."""
    return (replace(each, unseen=_UNSEEN.get(each.key)) for each in matters)
