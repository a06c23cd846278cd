"""The printed forms of Party dues: assessment, collection with its receipts, remittance, the year's book."""

from core.papers import Paper, Receipts

_BRANCH = ("unit", "period")
PAPERS = (
    Paper(
        "party.dues-assessment",
        "党费核定表",
        (_BRANCH, ("matter.applicant=核定人", "matter.submitted=核定日期")),
        "核定意见",
    ),
    Paper(
        "party.dues-collection",
        "党费收缴登记表",
        (_BRANCH, ("day", "matter.applicant=收缴人")),
        signatures=("收缴人", "支部书记"),
        receipts=Receipts("党费收据", "lines", ("person", "month", "amount", "way", "payer")),
    ),
    Paper(
        "party.dues-consent",
        "党费代交预交补交审批表",
        (("person", "unit"), ("way",), ("first", "last"), ("payer",), ("content",)),
        "支部意见",
    ),
    Paper(
        "party.remittance",
        "党费上缴单",
        (_BRANCH, ("amount",), ("superior", "receipt"), ("matter.applicant=上缴人", "matter.submitted=登记日期")),
        signatures=("上缴人", "支部书记"),
    ),
    Paper("party.dues-publication", "党费收缴公示", (_BRANCH, ("matter.submitted",))),
    Paper(
        "party.dues",
        "党费账簿",
        (("person", "unit", "month", "amount", "way", "payer"),),
        signatures=("组织委员", "支部书记", "复核日期"),
    ),
)
