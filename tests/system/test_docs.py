"""The documents and the commands say the same. After simonw/sqlite-utils, tests/test_docs.py."""

import re
from pathlib import Path

import click
import pytest

from digits_convert.cli import main as convert_digits
from digits_edge.cli import main as edge_digits
from digits_train.cli import main as train_digits

ROOT = Path(__file__).parents[2]
COMMANDS = {"train-digits": train_digits, "convert-digits": convert_digits, "edge-digits": edge_digits}
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "models" / "README.md",
    *ROOT.glob("docs/*.md"),
]

every_command = pytest.mark.parametrize("name", COMMANDS)
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))

LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
SCRIPT = re.compile(r"\b(?:scripts|docs|models|tests)/[\w./-]*\w")
COMMAND_LINE = re.compile(rf"(?:^|[\s`/])({'|'.join(COMMANDS)})((?: [^`\n]*)?)")
# Made by the commands of the page that names them.
PRODUCED = {"models/mine.keras"}


def options_of(name: str) -> dict[str, click.Option]:
    """Every spelling of every option of a command."""
    command = COMMANDS[name]
    parameters = command.get_params(click.Context(command))
    return {spelling: p for p in parameters if isinstance(p, click.Option) for spelling in p.opts}


def section(name: str) -> str:
    """What docs/options.md says about a command."""
    text = (ROOT / "docs" / "options.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def anchors(document: Path) -> set[str]:
    """The fragments that GitHub gives a document's headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_command
def test_every_option_has_help(name: str) -> None:
    assert [spelling for spelling, option in options_of(name).items() if not option.help] == []


@every_command
def test_every_option_is_explained_with_an_example_and_no_other_is(name: str) -> None:
    explained = re.findall(
        r"^\*\*`(--[a-z-]+)[^*]*\*\*(.*?)(?=^\*\*|\Z)", section(name), re.MULTILINE | re.DOTALL
    )
    wanted = {spelling for spelling in options_of(name) if spelling.startswith("--")}
    if name != "edge-digits":
        wanted.remove("--help")  # explained once, for all three
    assert sorted(option for option, _ in explained) == sorted(wanted)
    for option, text in explained:
        assert re.search(rf"^    {name} .*{option}\b", text, re.MULTILINE), f"no example of {option}"


@every_command
def test_the_choices_of_an_option_stand_in_the_options_page(name: str) -> None:
    for spelling, option in options_of(name).items():
        if isinstance(option.type, click.Choice):
            assert f"`{spelling} {'|'.join(option.type.choices)}`" in section(name)


@every_document
def test_every_command_line_in_the_documents_has_real_options(document: Path) -> None:
    for name, words in COMMAND_LINE.findall(document.read_text(encoding="utf-8")):
        own = words.partition(" | ")[0].partition(" #")[0]
        for word in re.findall(r"(?<=\s)--?[a-z][a-z-]*", own):
            assert word in options_of(name), f"{name}{words}"


@every_document
def test_every_file_named_in_the_documents_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {ROOT / path for path in SCRIPT.findall(text) if path not in PRODUCED}
    linked = {document.parent / path for path, _ in LINK.findall(text) if path and "://" not in path}
    assert [str(path) for path in sorted(named | linked) if not path.exists()] == []


@every_document
def test_every_heading_linked_to_exists(document: Path) -> None:
    for path, fragment in LINK.findall(document.read_text(encoding="utf-8")):
        if fragment and "://" not in path:
            assert fragment in anchors(document.parent / path if path else document), f"{path}#{fragment}"


def test_every_script_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    assert [path.name for path in scripts if f"scripts/{path.name}" not in readme] == []
