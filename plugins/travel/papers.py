"""The printed forms of trips: approval, claim."""

from core.papers import Paper
from plugins.travel import figures

PAPERS = (
    Paper(
        figures.TRIP,
        "出差审批表",
        (
            ("matter.unit", "matter.applicant"),
            ("matter.submitted", "kind"),
            ("purpose",),
            ("destination", "hosted"),
            ("route",),
            ("leaves_on", "returns_on"),
            ("event_from", "event_to"),
            ("notice", "notice_number"),
            ("explanation",),
        ),
    ),
    Paper(
        figures.CLAIM,
        "差旅费报销单",
        (
            ("matter.unit", "matter.applicant"),
            ("purpose",),
            ("trip",),
            ("trip.destination", "hosted"),
            ("left_on", "returned_on"),
            ("report",),
            ("allowance_days",),
            ("meals",),
            ("local",),
            ("amount",),
            ("borne",),
            ("confirm.happened", "confirm.direct"),
            ("compliance.allowances", "compliance.costs", "check.vouchers"),
            ("payment.offset",),
            ("payment.method",),
        ),
        signatures=("领款人",),
        note="票据附后，按本单所列的次序粘贴。",
    ),
)
