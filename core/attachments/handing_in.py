"""Handing in a file: its contents are kept before the act that speaks of them is recorded, and only then."""

from typing import BinaryIO

from core.acts import Act, Verb
from core.attachments.files import AttachmentFiles
from core.attachments.limits import plain_name
from core.office import Office
from core.verdict import Result


def attachment_files(office: Office) -> AttachmentFiles:
    """Where the contents of an office's attachments lie."""
    return AttachmentFiles(office.store.storage.path, office.store.storage.algorithm)


def attach(office: Office, act: Act, source: BinaryIO) -> Result:
    """Attach what `source` gives to the matter, under the name that the act's target gives.

    A refusal is a `Result` that is not done, and keeps nothing; `StoreError` when the contents are too long or cannot
    be kept.
    """
    files = attachment_files(office)
    named = Act(Verb.ATTACH, act.by, matter=act.matter, target=plain_name(act.target), opinion=act.opinion)
    verdict = office.preview(named)
    if any(not finding.at for finding in verdict.findings):
        # What stands against it whatever the contents are need not wait for them.
        return Result(verdict)
    received = files.receive(source, office.agency.attachments.largest)
    try:
        values = {"digest": received.digest, "size": received.size, "beginning": received.beginning.hex()}
        told = Act(
            Verb.ATTACH, act.by, matter=act.matter, target=named.target, opinion=act.opinion, values=values,
            version=act.version, token=act.token,
        )  # fmt: skip
        verdict = office.preview(told)
        if not verdict.allowed:
            return Result(verdict)
        files.keep(received)
        return office.perform(told)
    finally:
        files.discard(received)
