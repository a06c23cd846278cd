"""Fire safety: who answers, rounds, equipment, hazards, hot work, training, drills, fires."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.fire.emergency import card
from plugins.fire.ledgers import LEDGERS
from plugins.fire.matters import equipment as equipment_matters
from plugins.fire.matters import hazards as hazard_matters
from plugins.fire.matters import incidents, teaching
from plugins.fire.matters import permits as permit_matters
from plugins.fire.matters import responsibilities as responsibility_matters
from plugins.fire.matters import rounds as round_matters
from plugins.fire.overviews import OVERVIEWS
from plugins.fire.papers import PAPERS
from plugins.fire.rules import equipment, hazards, permits, responsibilities, rounds
from plugins.fire.rules import teaching as teaching_rules
from plugins.fire.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The fire-safety family."""
    return Family(
        key="fire",
        title="消防安全",
        matters=(
            *responsibility_matters.MATTERS,
            *round_matters.MATTERS,
            *equipment_matters.MATTERS,
            *hazard_matters.MATTERS,
            *permit_matters.MATTERS,
            *teaching.MATTERS,
            *incidents.MATTERS,
        ),
        rules=(
            *responsibilities.KINDS,
            *rounds.KINDS,
            *equipment.KINDS,
            *hazards.KINDS,
            *permits.KINDS,
            *teaching_rules.KINDS,
        ),
        ledgers=LEDGERS,
        settings=SETTINGS,
        papers=PAPERS,
        overviews=OVERVIEWS,
        emergency=card,
    )
