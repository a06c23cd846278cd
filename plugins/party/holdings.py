"""What a person has in hand by the Party's books: dues he collected that are not passed on yet."""

from collections.abc import Iterator

from core.consulted import Consulted
from core.records import Holding
from plugins.party import dues


def holdings(office: Consulted, person: str) -> Iterator[Holding]:
    """The dues a branch's collector still holds; money is passed on, not handed over."""
    post = str(office.setting("party.collector"))
    for tenure in office.organisation.tenures_of(person, office.day):
        rest = dues.kept(office, tenure.unit) if tenure.post == post else dues.NOTHING
        if rest > dues.NOTHING:
            title = f"{office.organisation.units[tenure.unit].title}代收党费 {rest} 元"
            yield Holding(f"党费-{tenure.unit}", "代收党费", title, "先把党费上缴，办理党费上缴登记", settle=True)
