"""One person: posts, what he is in charge of, whether he is away, who stands in."""

from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.prose import Paragraph


class PersonScreen(ReadingScreen):
    """What the agency knows of one of its people."""

    def __init__(self, session: Session, key: str) -> None:
        self._key = key
        super().__init__(session)

    def paragraphs(self) -> list[Paragraph]:
        organisation, day, key = self.session.organisation, self.session.day, self._key
        person = organisation.people.get(key)
        if person is None:
            return [Paragraph("没有这个人员。")]
        found = [Paragraph(f"{person.name}　编号 {key}　{person.staff.value}", strong=True)]
        for tenure in organisation.tenures_of(key, day):
            found.append(Paragraph(f"职务：{organisation.posted(tenure)}"))
        for oversight in organisation.oversights:
            if oversight.person == key and oversight.span.holds(day):
                units = [organisation.units[unit].title for unit in oversight.units]
                functions = [organisation.functions[each] for each in oversight.functions]
                found.append(Paragraph(f"分管：{'、'.join([*units, *functions])}"))
        if absence := organisation.absence(key, day):
            found.append(Paragraph(f"外出：{absence.reason}，{absence.span.since} 至 {absence.span.until}"))
        for each in organisation.delegations:
            if each.span.holds(day) and key in (each.person, each.stand_in):
                names = f"{organisation.name(each.stand_in)}代{organisation.name(each.person)}"
                found.append(Paragraph(f"代理：{names}，{each.span.since} 至 {each.span.until}，依据：{each.basis}"))
        return found
