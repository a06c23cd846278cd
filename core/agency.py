"""One agency: its name, units, posts, functions, bodies, enabled families."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from core.access.session_rules import USUAL_SESSION, SessionRules
from core.anchoring import SecondPlace
from core.attachments.limits import USUAL_LIMITS, AttachmentLimits
from core.days.calendar import OwnDay
from core.fields import Field, Value
from core.mailing import NO_MAILING, Mailing
from core.people import Post, Unit


class Base(StrEnum):
    """Of whom a majority is a share, on one item; whoever keeps out of it counts nowhere."""

    DUE = "due"
    """Of all members, those away included."""
    PRESENT = "present"
    """Of the members there."""
    CAST = "cast"
    """Of the votes for and against."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that decides (办务会, 主任办公会…): members by post, who chairs, who keeps its records, its quorum."""

    key: str
    title: str
    members: tuple[str, ...]
    """Selectors of the members with a vote."""
    chair: tuple[str, ...]
    """Selectors of the chair, in the order of substitution."""
    secretary: tuple[str, ...]
    """Selectors of those who register its resolutions."""
    quorum: Fraction = Fraction(1, 2)
    """Share of the members due who must be there; met when strictly more (`quorum_over`) or at least that."""
    quorum_over: bool = True
    clause: str = ""
    """The clause that sets the quorum, where one does."""
    attendees: tuple[str, ...] = ()
    """Selectors of those who attend every meeting without a vote."""
    convener: tuple[str, ...] = ()
    """Selectors of those who call a meeting and fix its items; the chair's where none are named."""
    never_chair: tuple[str, ...] = ()
    """Selectors of those who do not chair, though one of the chair's selectors names them."""
    majority: Fraction = Fraction(1, 2)
    """Share of `majority_base` that must be in favour; met when strictly more (`majority_over`) or at least that."""
    majority_over: bool = True
    majority_base: Base = Base.DUE


MOVING = "core.move"
"""The permission to have a matter under way judged by the present rulebook."""


@dataclass(frozen=True, slots=True)
class Agency:
    """`config/agencies/<key>/agency.toml`, read and checked."""

    key: str
    title: str
    zone: str
    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    functions: Mapping[str, str]
    bodies: Mapping[str, Body]
    families: tuple[str, ...]
    permissions: Mapping[str, tuple[str, ...]]
    """Matter type of the core, or `MOVING`, to the selectors of those who may do it."""
    own_days: tuple[OwnDay, ...] = ()
    attachments: AttachmentLimits = USUAL_LIMITS
    mailing: Mailing = NO_MAILING
    second_place: SecondPlace | None = None
    """Where anchors go besides the server's own file."""
    session: SessionRules = USUAL_SESSION
    reading: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Family, matter type or ledger to the selectors of those who may read it where no clause says so."""
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Form (`seals.use`, or `seals.use/sealing` of a step) to the optional blanks its people are not asked for; the
    columns of rows as `rows.column`."""
    text: str = field(default="", repr=False, compare=False)
    """What its file says, so that a fault found later still names the line."""
    folder: Path = Path()
    """Where its files lie: the rulebook, the cases, its own printed forms (`papers`)."""

    def readers(self, name: str) -> tuple[str, ...]:
        """Who may read a matter type or a ledger by the agency's own word; empty where everybody may."""
        return self.reading.get(name) or self.reading.get(name.partition(".")[0], ())

    def asked(self, form: str, blanks: tuple[Field, ...], held: Mapping[str, Value] | None = None) -> tuple[Field, ...]:
        """The blanks of a form that people here are asked for. What is `held` already is shown, left out or not."""
        left_out, filled = self.left_out.get(form, ()), held or {}
        return tuple(
            _with_columns(blank, left_out, filled.get(blank.key))
            for blank in blanks
            if blank.key not in left_out or blank.key in filled
        )


def _with_columns(blank: Field, left_out: tuple[str, ...], held: Value | None) -> Field:
    """The blank without the columns that are left out and in which nothing stands."""
    filled = {key for row in held for key in row} if isinstance(held, tuple) else set()
    kept = tuple(each for each in blank.columns if f"{blank.key}.{each.key}" not in left_out or each.key in filled)
    return replace(blank, columns=kept) if kept != blank.columns else blank
