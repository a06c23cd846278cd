"""The printed forms of leave and outings."""

from core.papers import Paper

_SPAN = (("since", "since_half"), ("until", "until_half"), ("half_days", "stand_in"))
PAPERS = (
    Paper(
        "leave.request",
        "请假审批表",
        (
            ("matter.unit", "matter.applicant"),
            ("matter.submitted", "leave"),
            *_SPAN,
            ("reason",),
            ("cover",),
            ("proof",),
            ("hospital", "hospital_grade", "physician_rank"),
            ("consent",),
            ("district.reply", "district.replied_on"),
        ),
    ),
    Paper(
        "leave.outing",
        "因公外出审批表",
        (("matter.unit", "matter.applicant"), ("matter.submitted", "place"), ("purpose",), *_SPAN),
    ),
)
