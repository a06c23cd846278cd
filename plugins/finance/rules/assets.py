"""Rules about things: what is bought through government procurement, and what a leaver still keeps."""

from collections.abc import Iterator

from core.consulted import Consulted
from core.finding import Problem
from core.records import Entry
from core.rule_kinds import Proposal, rule
from core.rules.wording import people
from plugins.finance.rules.budgets import NoParameters

_GONE = ("盘亏", "报废")


@rule(
    "finance.government-procurement",
    "目录内须政府采购",
    NoParameters,
    matters=("finance.expenditure", "finance.reimbursement"),
)
def government_procurement(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What the procurement catalogue names is bought through government procurement only."""
    matter = proposal.matter
    said = matter.text("purpose") + matter.text("item")
    listed = [each for each in proposal.office.setting("finance.procurement-catalogue") if each in said]
    if listed and not matter.text("procurement"):
        yield Problem(
            f"“{'、'.join(listed)}”在政府采购目录内，“政府采购编号”未填写",
            "先按政府采购流程办理，再填写政府采购编号",
            "procurement",
        )


def kept(office: Consulted, person: str) -> list[Entry]:
    """The latest card of every asset in a person's custody, reversed lines left aside."""
    found = []
    for asset in dict.fromkeys(str(each.values["asset"]) for each in _cards(office, custodian=person)):
        cards = _cards(office, asset=asset)
        reversed_lines = {each.corrects for each in cards}
        last = next((each for each in cards if not each.corrects and each.number not in reversed_lines), None)
        if last and last.values["custodian"] == person and last.values["event"] not in _GONE:
            found.append(last)
    return found


def _cards(office: Consulted, **values: str) -> list[Entry]:
    return office.entries("finance.asset-cards", limit=10_000, **values)


@rule("finance.assets-handed-over", "离任先移交资产", NoParameters, matters=("core.departure",))
def assets_handed_over(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nobody leaves while assets are in his custody."""
    person = proposal.matter.text("person")
    if left := kept(proposal.office, person):
        listed = "、".join(f"{each.values['name']}（{each.values['asset']}）" for each in left)
        yield Problem(
            f"{people(proposal, [person])}名下还有 {len(left)} 件资产：{listed}",
            "先办理固定资产移交，登记新的使用保管人，再登记离任",
            "person",
        )


KINDS = (government_procurement, assets_handed_over)
