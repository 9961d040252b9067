"""The arrows between the rooms: who may import whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "plugins" / "leitfaden"

# What a site shows is made of these.
SHOWN = {
    "contract",
    "model",
    "reading",
    "checking",
    "rendering",
    "publishing",
    "searching",
    "translating",
}
# A room's own modules are always allowed. `contract` needs the model's places and diagnostics to
# say what is wrong with a contract; nothing else in `model` knows of the contract.
ALLOWED = {
    "model": set(),
    "contract": {"model"},
    "reading": {"contract", "model"},
    "checking": {"contract", "model", "reading", "searching", "translating"},
    "translating": {"contract", "model", "reading"},
    "fixing": {"contract", "model", "reading", "checking"},
    "importing": {"contract", "model", "reading", "checking", "fixing"},
    "exchanging": {"contract", "model", "reading", "translating", "fixing", "publishing"},
    "reporting": {"model", "checking", "importing", "searching", "translating"},
    "rendering": {"contract", "model", "reading", "translating"},
    "searching": {"contract", "model", "rendering"},
    "publishing": {"contract", "model", "reading"},
    "site": SHOWN,
    "engine": SHOWN | {"site", "reporting"},
    "cli": {
        "contract",
        "model",
        "reading",
        "checking",
        "fixing",
        "importing",
        "reporting",
        "rendering",
        "searching",
        "translating",
        "exchanging",
        "engine",
    },
}
CORE = (
    "model",
    "contract",
    "reading",
    "checking",
    "translating",
    "exchanging",
    "fixing",
    "importing",
    "reporting",
    "rendering",
    "publishing",
    "searching",
)
FRAMEWORKS = ("mkdocs", "material", "mkdocs_static_i18n", "click")


def modules(room: str) -> Iterator[Path]:
    yield from sorted((PACKAGE / room).rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    """Yield the full names of all modules that a file imports, wherever in the file."""
    package = module.relative_to(PACKAGE.parent).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            yield ".".join(filter(None, (base, node.module)))


def test_every_room_has_its_arrows_declared() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(ALLOWED)


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module in modules(room)
        for name in imported(module)
        if name.startswith("leitfaden.")
        and name.split(".")[1] not in {room, *ALLOWED[room], "__init__"}
    ]
    assert wrong == []


@pytest.mark.parametrize("room", CORE)
def test_the_core_knows_neither_mkdocs_nor_click(room: str) -> None:
    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module in modules(room)
        for name in imported(module)
        if name.split(".")[0] in FRAMEWORKS
    ]
    assert wrong == []


def test_only_one_file_knows_static_i18n() -> None:
    knowing = {
        str(module.relative_to(PACKAGE).as_posix())
        for module in PACKAGE.rglob("*.py")
        if any(name.split(".")[0] == "mkdocs_static_i18n" for name in imported(module))
    }
    assert knowing <= {"site/i18n.py"}


def test_rules_read_no_files() -> None:
    """A rule looks at what was read; of the room that reads it knows but how dates are written."""
    wrong = [
        f"{module.name} imports {name}"
        for module in modules("checking/rules")
        for name in imported(module)
        if name.startswith("leitfaden.reading") and name != "leitfaden.reading.dates"
    ]
    assert wrong == []


def test_no_word_of_a_language_stands_in_the_code() -> None:
    """German words can only get into code as words of the contract: they belong there.

    Docstrings are no code: those of rules show examples in the languages of real pages.
    """
    wrong = [
        f"{module.relative_to(PACKAGE)}: {letter}"
        for module in PACKAGE.rglob("*.py")
        for letter in sorted({*"äöüÄÖÜß"} & {*without_docstrings(module.read_text("utf-8"))})
    ]
    assert wrong == []


def without_docstrings(source: str) -> str:
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            docstring = node.body[0]
            for number in range(docstring.lineno - 1, docstring.end_lineno or docstring.lineno):
                lines[number] = ""
    return "\n".join(lines)
