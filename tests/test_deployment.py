"""What is carried to a server: a wheel of everything for both kinds of machine, and a manual whose commands are run."""

import importlib.util
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement

from tui.commandline.dispatch import VERBS, parser_of
from tui.server.layout import TASKS

TOP = Path(__file__).parent.parent
MANUALS = [TOP / "docs" / name for name in ("install.md", "server.md")]


def part(name: str) -> ModuleType:
    """A program of the folder `deployment`."""
    place = TOP / "tests" / "deployment" / f"{name}.py"
    description = importlib.util.spec_from_file_location(name, place)
    assert description is not None and description.loader is not None
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module


def plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """A distribution and all that it needs to run here, by plain name."""
    if plain_name(name) not in found:
        found[plain_name(name)] = here = distribution(name)
        for text in here.requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name, found)
    return found


def test_all_we_lean_on_is_plain_python_or_has_a_wheel_for_each_machine() -> None:
    wheelhouse = part("wheelhouse")
    assert wheelhouse.MACHINES == ("x86_64", "aarch64")
    compiled = set()
    for name, each in needed("guizhang", {}).items():
        tags = re.findall(r"^Tag: \S+-\S+-(\S+)$", each.read_text("WHEEL") or "", re.M)
        if not tags:
            pytest.skip(f"{name} was not installed from a wheel")
        if "any" not in tags:
            compiled.add(name)
    assert compiled <= wheelhouse.COMPILED, "run `make wheelhouse`, and name here what it found for both machines"
    for name in wheelhouse.COMPILED:
        try:
            distribution(name)
        except PackageNotFoundError:
            pytest.fail(f"nothing leans on {name} any more")


@pytest.mark.soak
def test_the_wheelhouse_has_every_wheel_for_both_machines(tmp_path: Path) -> None:
    wheelhouse = part("wheelhouse")
    assert wheelhouse.main([str(tmp_path / "wheels")]) == 0
    made: dict[str, Any] = wheelhouse.made_for(tmp_path / "wheels")
    assert set(needed("guizhang", {})) <= set(made)
    assert {name for name, machines in made.items() if "any" not in machines} == set(wheelhouse.COMPILED)


def test_the_digests_of_all_wheels_of_a_version_are_asked_for(tmp_path: Path) -> None:
    wheelhouse = part("wheelhouse")
    for name in ("a_b-1.0-cp311-cp311-manylinux2014_aarch64.whl", "a_b-1.0-cp311-cp311-manylinux2014_x86_64.whl"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "c-2-py3-none-any.whl").write_bytes(b"c")
    text = wheelhouse.requirements(tmp_path)
    assert re.fullmatch(
        r"a-b==1\.0( \\\n    --hash=sha256:[0-9a-f]{64}){2}\nc==2 \\\n    --hash=sha256:[0-9a-f]{64}\n", text
    )
    assert wheelhouse.made_for(tmp_path) == {"a-b": {"aarch64", "x86_64"}, "c": {"any"}}


def test_the_manual_s_commands_are_those_that_the_drill_runs() -> None:
    script = part("drill").commands(MANUALS[0].read_text(encoding="utf-8"))
    for told in (
        "apt-get install",
        "--require-hashes",
        "server init",
        "g init",
        "g keys add",
        "--second",
        "server doctor",
    ):
        assert told in script
    assert [task for task in TASKS if f"guizhang-{task}.timer" not in script] == []
    assert not re.search(r"https?://", script)


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.name)
def test_every_verb_and_option_that_a_manual_writes_exists(manual: Path) -> None:
    text = manual.read_text(encoding="utf-8")
    written = re.findall(r"(?:^|`|-- |bin/)(?:guizhang|g) ([a-z][a-z-]*(?: [a-z][a-z-]*)?)([^\n`]*)", text, re.M)
    assert len(written) > 5
    for words, rest in written:
        verb = words if words in VERBS else words.split(" ")[0]
        assert verb in VERBS, words
        options = {name for action in parser_of(verb)._actions for name in action.option_strings}
        assert set(re.findall(r"(--[a-z][a-z-]+)", rest.split(" #")[0])) <= options, (verb, rest)
