"""The printed forms of spending: approval, claim, loan."""

from core.papers import Paper

_WHO = ("matter.unit", "matter.applicant")
_WHAT = (("purpose",), ("amount",), ("heading", "category"), ("fund_source", "item"), ("project",))
PAPERS = (
    Paper(
        "finance.expenditure",
        "费用支出审批单",
        (_WHO, ("matter.submitted", "planned_on"), *_WHAT, ("supplier", "procurement"), ("credit",), ("note",)),
    ),
    Paper(
        "finance.reimbursement",
        "费用报销单",
        (
            _WHO,
            ("matter.submitted", "spent_on"),
            *_WHAT,
            ("expenditure",),
            ("list_attached", "procurement"),
            ("supplier",),
            ("witness", "companion"),
            ("persons", "days", "final"),
            ("check.legal", "check.valid", "check.verdict"),
            ("acceptance.accepted_on", "acceptance.accepted"),
            ("acceptance.goods",),
            ("payment.method", "payment.account"),
        ),
        signatures=("领款人",),
        note="票据附后，按本单所列的次序粘贴。",
    ),
    Paper(
        "finance.loan",
        "借款单",
        (
            _WHO,
            ("matter.submitted", "kind"),
            ("purpose",),
            ("amount",),
            ("ends_on", "basis"),
            ("payment.method", "payment.account"),
        ),
        signatures=("借款人",),
    ),
)
