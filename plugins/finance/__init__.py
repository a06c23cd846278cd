"""Finance: spending applied for, approved, claimed and paid; cash, loans, budgets, statements, handovers."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.finance.holdings import holdings
from plugins.finance.ledgers import LEDGERS
from plugins.finance.matters import assets as asset_matters
from plugins.finance.matters import benefits, custody, funds, money, reports, spending
from plugins.finance.papers import PAPERS
from plugins.finance.rules import assets, budgets, cash, claims, loans, posts, vouchers
from plugins.finance.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The finance family."""
    return Family(
        key="finance",
        title="财务",
        matters=(
            *spending.MATTERS,
            *money.MATTERS,
            *funds.MATTERS,
            *reports.MATTERS,
            *custody.MATTERS,
            *asset_matters.MATTERS,
            *benefits.MATTERS,
        ),
        rules=(*budgets.KINDS, *claims.KINDS, *vouchers.KINDS, *cash.KINDS, *loans.KINDS, *posts.KINDS, *assets.KINDS),
        ledgers=LEDGERS,
        settings=SETTINGS,
        holdings=holdings,
        papers=PAPERS,
    )
