"""A matter printed: on the agency's own template where it laid one over the form, else in the common layout."""

from dataclasses import dataclass
from pathlib import Path

from core.desk import Desk
from core.matter import Matter
from tui.papers.filling import Form
from tui.papers.layout import laid_out


@dataclass(frozen=True, slots=True)
class Printed:
    """A Word document. `fault` says why the agency's own template was passed over; empty where nothing was wrong."""

    content: bytes
    fault: str = ""

    @property
    def told(self) -> str:
        """What is said of the document beside handing it over; empty where there is nothing to say."""
        return f"{self.fault}；已改用通用表样打印" if self.fault else ""


def template_folder(desk: Desk) -> Path:
    """Where an agency keeps its own templates, each named by its kind of matter."""
    return desk.agency.folder / "papers"


def template_of(desk: Desk, kind: str) -> Path | None:
    """The agency's own template for a kind of matter; None where it has none."""
    path = template_folder(desk) / f"{kind}.docx"
    return path if path.is_file() else None


def printed(desk: Desk, matter: Matter) -> Printed:
    """The matter as a Word document; a template that cannot be filled in is named, and the common layout serves."""
    form = Form(desk, matter)
    sheet = form.sheet()
    fault = ""
    if (path := template_of(desk, matter.kind)) is not None:
        from tui.papers.template import TemplateFault, filled

        try:
            return Printed(filled(path, form, sheet))
        except TemplateFault as error:
            fault = str(error)
    return Printed(laid_out(sheet, desk.now).saved(), fault)
