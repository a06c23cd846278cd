"""The emergency card: what to do in a fire, and whom to tell."""

from collections.abc import Iterator

from core.consulted import Consulted
from plugins.fire import figures


def card(office: Consulted) -> Iterator[str]:
    """What the agency's card says, in order, and who manages fire safety."""
    yield from office.setting("fire.emergency-card")
    manager = figures.named(office, figures.MANAGING)
    if manager:
        yield f"{figures.MANAGING}：{office.organisation.described(manager, office.day)}"
