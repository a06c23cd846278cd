"""Which hearing an act gets, by its verb, and what is asked of every act."""

from collections.abc import Callable

from core.acts import ADMINISTERING, Act, Verb
from core.desk import Desk
from core.hearings.administering import Administering
from core.hearings.attending import ATTENDING, Attending
from core.hearings.enclosing import Enclosing
from core.hearings.extraordinary import EXTRAORDINARY, Extraordinary
from core.hearings.filing import Filing
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.hearings.moving import Moving
from core.hearings.passing import PASSING, Passing
from core.hearings.reading import Reading
from core.hearings.signing import Signing
from core.hearings.standing import STANDING, Standing
from core.remembering import hearing as remembering


class Hearings:
    """Hears every act."""

    def __init__(self, desk: Desk, judge: Judge) -> None:
        self._desk, self._judge = desk, judge
        self._reading, self._administering = Reading(desk, judge), Administering(desk, judge)
        self._signing, filing = Signing(desk, judge), Filing(desk, judge)
        self._by_verb: dict[Verb, Callable[[Act], Hearing]] = {
            Verb.SUBMIT: filing.submit,
            Verb.RESUBMIT: filing.resubmit,
            Verb.MOVE: Moving(desk, judge).hear,
            Verb.READ: self._reading.hear,
            Verb.ATTACH: Enclosing(desk, judge).hear,
            **dict.fromkeys(STANDING, Standing(desk, judge).hear),
            **dict.fromkeys(PASSING, Passing(desk, judge).hear),
            **dict.fromkeys(ATTENDING, Attending(desk, judge).hear),
            **dict.fromkeys(EXTRAORDINARY, Extraordinary(desk, judge).hear),
            **dict.fromkeys(ADMINISTERING, self._administering.hear),
        }

    def hear(self, act: Act) -> Hearing:
        """Judge an act by the records as they are at one moment, once each finding; what its verb has no hearing of its
        own for is a signature.
        """
        with self._desk.store.storage.snapshot(), remembering(self._desk):
            barred = self._administering.bars(act) or self._reading.bars(act)
            hearing = barred or self._by_verb.get(act.verb, self._signing.hear)(act)
            hearing.findings += self._reading.referring(act)
        hearing.findings = list(dict.fromkeys([*self._judge.unreadable(act), *hearing.findings]))
        return hearing
