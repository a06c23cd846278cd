"""What all hearings of acts share: the desk to look things up at, and the general principles to refuse by."""

from core.chains.course import Setting
from core.desk import Desk
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge


class Hearer:
    """Hears acts, or a part of what they say."""

    def __init__(self, desk: Desk, judge: Judge) -> None:
        self._desk, self._judge = desk, judge

    def _setting(self) -> Setting:
        """The surroundings in which a matter's course is reckoned."""
        return Setting(self._desk.organisation, self._desk.calendar, self._desk.now)

    def _refuse(self, hearing: Hearing, no: str, facts: str, remedy: str, at: str = "") -> None:
        """A finding by a clause of the general principles (`no`)."""
        hearing.findings.append(self._judge.general(no, facts, remedy, at))
