"""The printed forms of study: plans, sessions, records."""

from core.papers import Paper

PAPERS = (
    Paper("study.plan", "中心组学习计划表", (("period", "half_days"), ("matter.applicant=制订人", "matter.submitted"))),
    Paper(
        "study.session",
        "中心组学习安排表",
        (("topic",), ("starts_on", "half_days"), ("content", "extended"), ("chair", "speaker"), ("plan",)),
    ),
    Paper(
        "study.attendance",
        "中心组学习记录表",
        (
            ("session.topic",),
            ("session.starts_on", "session.half_days"),
            ("session.chair", "session.speaker"),
            ("session.content", "spoken"),
            ("session", "matter.applicant=记录人"),
        ),
        signatures=("主持人",),
    ),
    Paper(
        "study.collective",
        "集中学习记录表",
        (("kind",), ("held_on", "half_days"), ("topic",), ("content", "speaker"), ("assignment",)),
        signatures=("主持人", "记录人"),
    ),
)
