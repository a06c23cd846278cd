"""The course of a secret vote from the members' own sessions: sealed by two, cast once each, unsealed by the same two.

What must never be recorded (words, keys, choices) stays here; what is recorded are acts like any other.
"""

from collections.abc import Callable, Iterable

from core.acts import Act, Verb
from core.consulted import Consulted
from core.verdict import Result
from plugins.meetings import agenda
from plugins.meetings.matters import session
from plugins.meetings.matters.voting import DEPOSIT_KEY, UNSEALING_KEY, VOTING_KEY, WATCH_KEY
from plugins.meetings.secret_ballot.box import BallotBox, BoxError, sealed_ballot
from plugins.meetings.sitting import SECRET, Ballot

LEFT_BEHIND = 3600.0
"""Seconds after which a key that belongs to no open vote is not about to be used."""

Perform = Callable[[Act], Result | None]
"""Does an act; None where the records could not be written."""


class SecretVote:
    """One person's part in the secret vote on an item. Every step raises `BoxError` with the sentence to show."""

    def __init__(self, office: Consulted, box: BallotBox, perform: Perform, person: str, meeting: str, item: int):
        self._office, self._box, self._perform = office, box, perform
        self._person, self._meeting, self._item = person, meeting, item

    def open(self, watcher: str, word: str) -> Result | None:
        """The recorder opens the vote and puts his seal on the box."""
        seal = self._box.new_seal(word)
        return self._done(VOTING_KEY, [seal], method=SECRET, watcher=watcher, seal=seal)

    def watch(self, word: str) -> Result | None:
        """The watcher puts his seal on the box."""
        seal = self._box.new_seal(word)
        return self._done(WATCH_KEY, [seal], seal=seal)

    def cast(self, choice: str) -> Result | None:
        """A member seals his choice and puts it into the box."""
        ballot = self._ballot()
        recorder, watcher = seals(self._office, ballot)
        return self._done(DEPOSIT_KEY, [], sealed=sealed_ballot(choice, recorder, watcher, ballot.number))

    def unseal(self, word: str) -> Result | None:
        """The recorder takes his seal off; his key is gone with it."""
        ballot = self._ballot()
        recorder, _ = seals(self._office, ballot)
        returned = self._box.mix(recorder, word, ballot.number, self._deposited(ballot))
        result = self._done(UNSEALING_KEY, [], returned=returned)
        if result is not None and result.done:
            self._box.forget_key(recorder)
        return result

    def count(self, word: str) -> Result | None:
        """The watcher opens the ballots and returns the count; nothing is left that could open one."""
        ballot = self._ballot()
        recorder, watcher = seals(self._office, ballot)
        tally, invalid = self._box.count(recorder, watcher, word, ballot.number)
        counts = {"votes_for": tally.votes_for, "against": tally.against, "abstained": tally.abstained}
        result = self._done(
            session.BALLOT_KEY, [], issued=len(ballot.papers), returned=tally.cast + invalid, invalid=invalid, **counts
        )
        if result is not None and result.done:
            self._box.forget(recorder, watcher)
        return result

    def _ballot(self) -> Ballot:
        ballot = agenda.sitting_of(self._office, self._meeting).item(self._item).ballot
        if ballot is None or not ballot.boxed or not ballot.watched:
            raise BoxError("票箱还没有封好")
        return ballot

    def _deposited(self, ballot: Ballot) -> list[str]:
        """The sealed ballots of this vote, of those who still take part; a member's last is the one of this vote."""
        found: dict[str, str] = {}
        for each in self._office.matters(DEPOSIT_KEY, limit=agenda.LONGEST_RECORD, meeting=self._meeting):
            if each.count("item") == self._item and each.applicant in ballot.deposits:
                found.setdefault(each.applicant, each.text("sealed"))
        return list(found.values())

    def _done(self, kind: str, fresh: Iterable[str], **values: object) -> Result | None:
        """Perform a step; the seals made for it are forgotten where it is refused."""
        act = Act(Verb.SUBMIT, self._person, kind, values={"meeting": self._meeting, "item": self._item, **values})
        result = self._perform(act)
        if result is None or not result.done:
            self._box.forget(*fresh)
        return result


def seals(office: Consulted, ballot: Ballot) -> tuple[str, str]:
    """The public seals of a vote: the recorder's and the watcher's; empty while one is not on the box."""
    opened, watched = office.matter(ballot.number), office.matter(ballot.watched)
    return opened.text("seal") if opened else "", watched.text("seal") if watched else ""


def sweep(office: Consulted, box: BallotBox, older_than: float = LEFT_BEHIND) -> None:
    """Destroy the keys and piles of votes that were voided, put off or left behind, once so many seconds old."""
    live: set[str] = set()
    for body in office.bodies():
        for notice in agenda.coming(office, body.key):
            items = agenda.sitting_of(office, notice.number).items.values()
            for item in items:
                if item.ballot and item.ballot.boxed and item.counted is None and not item.result:
                    live.update(seals(office, item.ballot))
    box.keep_only(live, older_than)
