"""The printed forms of fire safety: rounds, hazards."""

from core.papers import Paper

_ROUND = (("on", "matter.applicant=巡查检查人"), ("companion", "faults"), ("note",))
_SIGNED = ("消防安全管理人",)
PAPERS = (
    Paper("fire.patrol", "防火巡查记录表", _ROUND, signatures=_SIGNED),
    Paper("fire.inspection", "防火检查记录表", _ROUND, signatures=_SIGNED),
    Paper("fire.equipment-check", "消防设施器材检查记录表", _ROUND, signatures=_SIGNED),
    Paper(
        "fire.hazard-report",
        "火灾隐患上报单",
        (
            ("matter.applicant=上报人", "matter.unit"),
            ("found_on", "place"),
            ("description",),
            ("round", "fixed"),
            ("how",),
        ),
    ),
    Paper(
        "fire.hazard",
        "火灾隐患整改单",
        (
            ("report",),
            ("report.found_on", "place"),
            ("description",),
            ("unit", "person"),
            ("limit", "source"),
            ("standard",),
            ("guard",),
            ("rectified.done_on", "rectified.expenditure"),
            ("rectified.result",),
            ("rectified.cost",),
            ("acceptance.seen", "acceptance.meets_standard"),
        ),
        "整改和验收意见",
    ),
)
