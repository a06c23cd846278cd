"""Reading what `agency.toml` says of attachments."""

from core.attachments.limits import MEGABYTE, USUAL_LIMITS, AttachmentLimits
from core.rulebook.tables import Table


def read_attachments(whole: Table) -> AttachmentLimits:
    """`[attachments]`: kinds as name endings, the largest in megabytes, the most of a matter."""
    usual, table = USUAL_LIMITS, whole.table("attachments")
    if table is None:
        return usual
    kinds = table.texts("kinds")
    for number, kind in enumerate(kinds):
        if not (kind.isascii() and kind.isalnum() and kind == kind.lower()):
            table.sheet.fault((*table.place, "kinds", number), f"“{kind}”应是小写的文件名结尾，例如 pdf，不带点")
    limits = AttachmentLimits(
        kinds=kinds or usual.kinds,
        largest=table.number("largest", usual.largest // MEGABYTE, least=1) * MEGABYTE,
        most=table.number("most", usual.most, least=1),
    )
    table.close("附件")
    return limits
