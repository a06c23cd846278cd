"""Choosing what to file: what was left unfinished first, then everything the agency knows, with why not."""

from core.acts import Verb
from core.registers.family import CORE
from tui.commands.offering import Offer, offers
from tui.drafts import Draft, Task, new_draft
from tui.screens.frame import Frame
from tui.screens.search import fits
from tui.widgets.picker import Candidate, Picker
from tui.wording import findings_text

_DRAFT = "draft:"


async def choose_offer(frame: Frame) -> None:
    """Open the form of what the person chooses; what cannot be filed says why and the choice goes on."""
    from tui.screens.form import FormScreen

    session = frame.session
    drafts = {draft.key: draft for draft in session.drafts.all() if draft.values}
    offered = {offer.kind.key: offer for offer in offers(session.office, session.person)}
    registers = {kind.key for kind in CORE.matters}
    families = {kind.key: family.title for family in session.office.host.families for kind in family.matters}

    def rank(found: tuple[int, Offer]) -> tuple[int, bool, bool]:
        fit, offer = found
        return -fit, offer.why is not None, offer.kind.key in registers

    def search(query: str, limit: int) -> list[Candidate]:
        found = [
            _drafted(draft, offered.get(draft.task.kind)) for draft in drafts.values() if fits(query, draft.heading)
        ]
        ranked = [(fits(query, offer.kind.title), offer) for offer in offered.values()]
        ranked = sorted((pair for pair in ranked if pair[0]), key=rank)
        return [*found, *(_offered(offer, families) for _, offer in ranked)][:limit]

    while True:
        picker = Picker("申请什么", search, title="事项", note="业务和能否申请", placeholder="输入名称或拼音首字母")
        picked = await frame.app.push_screen_wait(picker)
        if picked is None:
            return
        if picked.key.startswith(_DRAFT):
            frame.show(FormScreen(session, drafts[picked.key.removeprefix(_DRAFT)]))
            return
        offer = offered[picked.key]
        if offer.why is None:
            frame.show(FormScreen(session, new_draft(Task(Verb.SUBMIT, kind=picked.key))))
            return
        await frame.tell(f"现在不能申请{offer.kind.title}", findings_text(offer.why))


def _drafted(draft: Draft, offer: Offer | None) -> Candidate:
    typed = (str(value) for value in draft.values.values() if isinstance(value, str) and value)
    words = (offer.kind.about(draft.values) if offer else "") or next(typed, draft.opinion)
    return Candidate(f"{_DRAFT}{draft.key}", f"草稿：{draft.heading}", f"{draft.saved[5:16].replace('T', ' ')} {words}")


def _offered(offer: Offer, families: dict[str, str]) -> Candidate:
    note = families.get(offer.kind.key, "")
    return Candidate(offer.kind.key, offer.kind.title, f"{note}（不能申请，回车看原因）" if offer.why else note)
