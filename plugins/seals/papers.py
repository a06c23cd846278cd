"""The printed forms of seals: applications, taking out, bringing back, the year's book."""

from collections.abc import Iterator

from core.consulted import Consulted
from core.matter import Matter
from core.papers import Paper, Passage
from plugins.seals import standing


def _impressions(office: Consulted, matter: Matter) -> Iterator[Passage]:
    """The lines of the book of impressions that the application was used for."""
    for entry in reversed(office.entries(standing.IMPRESSIONS, application=matter.number)):
        red = f"，红字冲第 {entry.corrects} 行" if entry.corrects else ""
        number, count = entry.values.get("numbers", ""), entry.values.get("count", 0)
        yield Passage(f"用印登记簿第 {entry.number} 行：{entry.on}，印次号 {number}，{count} 印{red}。")


PAPERS = (
    Paper(
        standing.USE,
        "用印审批登记表",
        (
            ("matter.unit", "matter.applicant=经办人"),
            ("matter.submitted", "seal"),
            ("title",),
            ("material", "copies"),
            ("purpose",),
            ("place", "blank", "major"),
            ("issued", "issued_by", "document"),
            ("concerned",),
            ("written",),
            ("sealing.count", "custodian"),
            ("sealing.checked", "sealing.fault"),
            ("sealing.operator", "sealing.present"),
            ("sealing.consent_by", "sealing.consent_at", "sealing.consent_how"),
        ),
        passages=_impressions,
    ),
    Paper(
        standing.OUTING,
        "外带审批表",
        (
            ("matter.unit", "matter.applicant=借用人"),
            ("matter.submitted", "use.seal"),
            ("use",),
            ("use.copies", "custodian"),
            ("purpose",),
            ("place",),
            ("leaves_on", "returns_on"),
        ),
        note="外带期间，印章只用于所列的事项；借用人对外带期间的用印负责，用完即还。",
    ),
    Paper(
        standing.RETURN,
        "印章归还登记表",
        (
            ("matter.unit", "matter.applicant=收回人"),
            ("outing",),
            ("outing.leaves_on", "outing.returns_on"),
            ("matter.submitted=归还日期",),
            ("count", "condition"),
            ("returned_by", "reason"),
        ),
        signatures=("归还人", "保管人"),
    ),
    Paper(
        standing.IMPRESSIONS,
        "年度用印登记簿",
        (
            (
                "seal",
                "numbers",
                "count",
                "title",
                "purpose",
                "application",
                "handler",
                "custodian",
                "operator",
                "remark",
            ),
        ),
        signatures=("印章保管人", "复核人", "立卷人", "立卷日期"),
    ),
)
