"""The project itself: its names are its own, its files short, its imports downward, its words plain."""

import importlib.metadata
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PACKAGES = ("core", "tui", "plugins")
SOURCES = sorted(path for package in PACKAGES for path in (TOP / package).rglob("*.py"))


def test_no_other_distribution_owns_our_package_names() -> None:
    owners = importlib.metadata.packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, ["guizhang"])) == {"guizhang"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TOP)))
def test_every_file_says_what_it_is_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines and lines[0].startswith('"""'), "a one-line docstring says what the module is"
    assert len(lines) <= 400
    if path.name == "__init__.py":
        assert len(lines) <= 100
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)


def test_only_pages_of_a_family_see_the_screen() -> None:
    for path in (TOP / "plugins").rglob("*.py"):
        if path.name != "pages.py" and path.parent.name != "screens":
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(from|import) (tui|textual|rich)\b", text, re.M), path


def test_no_agency_is_named_in_the_program() -> None:
    agencies = [path.parent.name for path in (TOP / "config" / "agencies").glob("*/agency.toml")]
    titles = [
        match.group(1)
        for path in (TOP / "config" / "agencies").glob("*/agency.toml")
        if (match := re.search(r'^title = "(.+?)"', path.read_text(encoding="utf-8"), re.M))
    ]
    assert agencies and titles
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for name in (*agencies, *titles):
            assert name not in text, f"{path} names {name}"


def test_every_page_of_the_manual_is_linked_from_the_readme() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8") + (TOP / "README.zh-CN.md").read_text(encoding="utf-8")
    for page in (TOP / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name
