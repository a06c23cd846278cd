"""The Party: dues to the fen, organisational life, appraisal, development of members, ties and care, disclosure."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.party.ledgers import LEDGERS
from plugins.party.matters import care, development, meetings, members, preparing
from plugins.party.matters import dues as dues_matters
from plugins.party.rules import development as development_rules
from plugins.party.rules import dues
from plugins.party.rules import meetings as meeting_rules
from plugins.party.rules import members as member_rules
from plugins.party.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The Party family."""
    return Family(
        key="party",
        title="党建",
        matters=(
            *members.MATTERS,
            *meetings.MATTERS,
            *preparing.MATTERS,
            *dues_matters.MATTERS,
            *development.MATTERS,
            *care.MATTERS,
        ),
        rules=(*dues.KINDS, *meeting_rules.KINDS, *member_rules.KINDS, *development_rules.KINDS),
        ledgers=LEDGERS,
        settings=SETTINGS,
    )
