"""What to do in an emergency, one key away from everywhere."""

from core.emergency import emergency_cards
from tui.screens.reading import ReadingScreen
from tui.widgets.prose import Paragraph


class EmergencyScreen(ReadingScreen):
    """The cards of all families, numbered line by line; reading it needs no right and writes nothing."""

    def paragraphs(self) -> list[Paragraph]:
        found = []
        for title, lines in emergency_cards(self.session.desk):
            found.append(Paragraph(f"{title}：马上这样做", strong=True))
            found += [Paragraph(f"{number}  {line}", indent=2) for number, line in enumerate(lines, 1)]
        return found
