"""What a person has in hand by the books of finance: loans not settled, assets in custody, things borrowed."""

from collections.abc import Iterator

from core.condition import shown
from core.consulted import Consulted
from core.records import Holding
from plugins.finance import standing
from plugins.finance.rules.assets import kept


def holdings(office: Consulted, person: str) -> Iterator[Holding]:
    """Loans are paid back by whoever borrowed; cash and assets get another keeper; borrowed things are given back."""
    lent = office.entries("finance.loans", limit=10_000, person=person)
    for number in dict.fromkeys(str(each.values["loan"]) for each in lent):
        left = standing.outstanding(office, number)
        if left > 0:
            yield Holding(number, "借款", f"尚有 {shown(left)} 未结清", f"先办理 {number} 的借款结清", settle=True)
    keeper = str(office.setting("finance.cash-post"))
    if keeper and person in office.organisation.holders(keeper, office.day) and standing.cash(office):
        title = f"账面 {shown(standing.cash(office))}"
        yield Holding("库存现金", "现金", title, "办理《财务移交》，由监交人监督点清，再写明接收人")
    for card in kept(office, person):
        title = f"{card.values['name']}（{card.values['asset']}）"
        yield Holding(str(card.values["asset"]), "资产", title, "登记《固定资产变动》，写明新的使用保管人")
    for number in dict.fromkeys(
        str(each.values["loan"]) for each in office.entries("finance.asset-loans", limit=10_000, person=person)
    ):
        last = office.entries("finance.asset-loans", limit=1, loan=number)
        if last and last[0].values["event"] == "借出":
            title = f"{last[0].values['name']}（{last[0].values['asset']}）"
            yield Holding(number, "借用的资产", title, "先办理归还固定资产", settle=True)
