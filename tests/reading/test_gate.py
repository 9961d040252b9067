"""The gate: which files of a docs folder are taken, and why others are not."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from leitfaden.contract import Contract, parse_contract
from leitfaden.reading.filenames import harm_in, hurdle_in, hurdles
from leitfaden.reading.inventory import Inventory, take_inventory

BASE = "source: en\nlocales: {en: {name: English}}\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
posix = pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")


def contract_with(more: str = "") -> Contract:
    """Return a small contract with something more in it."""
    return parse_contract(BASE + more, "playbook.yml")


def taken(root: Path, files: Mapping[str, str | bytes], more: str = "") -> Inventory:
    """Write files below docs/ and return what is taken of them."""
    for name, content in {"en/index.md": "# Home\n", **files}.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return take_inventory(root / "docs", contract_with(more), root)


def told(inventory: Inventory) -> list[tuple[str, str, str]]:
    """Return what is told: the path below docs/, the kind and the variant."""
    return [(one.path.removeprefix("docs/"), one.kind, one.variant) for one in inventory.strays]


def test_usual_files_are_taken(tmp_path: Path) -> None:
    names = ("a.png", "B.JPG", "c.pdf", "d.csv", "e.docx", "f.mp4", "g.json", "h.zip", "i.webp")
    inventory = taken(tmp_path, {f"en/{name}": "x" for name in names} | {"assets/m.svg": SVG})
    assert told(inventory) == []
    assert len(inventory.names) == len(names) + 2


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("tool.html", "active"),
        ("tool.HTM", "active"),
        ("a.js", "active"),
        ("a.xml", "active"),
        ("a.xhtml", "active"),
        ("a.svgz", "active"),
        ("a.css", ""),
        ("a.exe", ""),
        ("a.png.php", ""),
        ("LICENSE", "none"),
        ("dot.", "none"),
    ],
)
def test_other_kinds_of_files_are_not(name: str, variant: str, tmp_path: Path) -> None:
    inventory = taken(tmp_path, {f"en/{name}": "x"})
    assert (f"en/{name}", "ending", variant) in told(inventory)
    assert f"en/{name}" not in inventory.names
    assert inventory.refusal(f"en/{name}")
    assert inventory.refusal("en/index.md") is None


def test_the_contract_may_name_others(tmp_path: Path) -> None:
    files = {"en/a.css": "x", "en/CNAME": "x", "en/b.pdf": "x"}
    inventory = taken(tmp_path, files, "files: {endings: [md, pdf], also: [CSS, CNAME]}\n")
    assert told(inventory) == []
    fewer = take_inventory(tmp_path / "docs", contract_with("files: {endings: [md]}\n"), tmp_path)
    assert [path for path, _, _ in told(fewer)] == ["en/CNAME", "en/a.css", "en/b.pdf"]


def test_who_trusts_all_writers_gets_their_scripts(tmp_path: Path) -> None:
    files = {"en/a.js": "x", "en/a.html": "x", "en/a.svg": "<svg><script/></svg>"}
    assert told(taken(tmp_path, files, "trust: full\n")) == []


@posix
def test_what_is_no_regular_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    docs = tmp_path / "docs/en"
    docs.mkdir(parents=True)
    for name, target in {
        "out.txt": "../../secret.txt",
        "out.md": "/etc/passwd",
        "nothing.png": "nowhere.png",
        "self.png": "self.png",
        "root": "/",
        "here": ".",
        "zero.png": "/dev/zero",
    }.items():
        (docs / name).symlink_to(target)
    os.mkfifo(docs / "pipe.png")
    (docs / "inner.txt").write_text("fine")
    (docs / "link.txt").symlink_to("inner.txt")
    inventory = taken(tmp_path, {})
    assert told(inventory) == [
        ("en/here", "linked-folder", ""),
        ("en/nothing.png", "link-out", ""),
        ("en/out.md", "link-out", ""),
        ("en/out.txt", "link-out", ""),
        ("en/pipe.png", "irregular", ""),
        ("en/root", "linked-folder", ""),
        ("en/self.png", "link-out", ""),
        ("en/zero.png", "link-out", ""),
    ]
    assert [one.path for one in inventory.strays if one.is_endless] == [
        "docs/en/here",
        "docs/en/root",
    ]
    assert inventory.names == {"en/index.md", "en/inner.txt", "en/link.txt"}
    assert inventory.refusal("en/root/etc/passwd")


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("plan.md", ""),
        ("Übersicht 2024 (neu).md", ""),
        ("\u8a08\u753b.md", ""),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.md", ""),
        ("a\nb.md", "control"),
        ("a\x1b[31m.md", "control"),
        ("a\x85.md", "control"),
        ("a\u202efdp.md", "invisible"),
        ("a\u200b.md", "invisible"),
        ("a\u200db.md", "invisible"),
        ("\u200d", "invisible"),
        ("a\u2028b", "invisible"),
        ("..\\..\\a.md", "backslash"),
        ("\udcff.md", "encoding"),
        ("\u00fc" * 121, "long"),
    ],
)
def test_names_that_can_do_harm(name: str, harm: str) -> None:
    assert harm_in(name) == harm


@pytest.mark.parametrize(
    ("name", "hurdle"),
    [
        ("console.md", ""),
        ("CON", "reserved"),
        ("con.md", "reserved"),
        ("Aux .md", "reserved"),
        ("lpt9.tar.gz", "reserved"),
        ("a:b.md", "character"),
        ("why?.md", "character"),
        ("a.", "edge"),
        (" a", "edge"),
        ("x" * 160, "long"),
    ],
)
def test_names_that_not_every_machine_can_have(name: str, hurdle: str) -> None:
    assert hurdle_in(name) == hurdle


def test_names_that_many_machines_take_for_the_same() -> None:
    names = ["en/A.md", "en/a.md", "en/e\u0301.md", "en/\u00e9.md", "en/b.md"]
    assert list(hurdles(names)) == [
        ("en/a.md", "double", "en/A.md"),
        ("en/\u00e9.md", "double", "en/e\u0301.md"),
    ]
    deep = "/".join(["folder"] * 30)
    assert list(hurdles([f"{deep}/a.md"])) == [(f"{deep}/a.md", "long", "")]
    assert list(hurdles(["aux/a.md", "aux/b.md"])) == [("aux", "reserved", "")]


def test_sizes(tmp_path: Path) -> None:
    files = {"en/a.png": b"x" * 3000, "en/b.png": b"x" * 900, "en/c.pdf": b"x" * 3000}
    assert told(taken(tmp_path, files, "limits: {image: 2 KB, file: 5 KB}\n")) == [
        ("en/a.png", "large", "")
    ]
    whole = take_inventory(tmp_path / "docs", contract_with("limits: {site: 6 KB}\n"), tmp_path)
    assert told(whole) == [("docs", "large", "site")]
    assert [one.detail for one in whole.strays if one.is_endless] == ["6 KB"]


def test_too_many_files_end_the_walk(tmp_path: Path) -> None:
    files = {f"en/{number}.png": "x" for number in range(20)}
    inventory = taken(tmp_path, files, "limits: {files: 7}\n")
    assert told(inventory) == [("docs", "large", "many")]
    assert len(inventory.names) == 7


def test_folders_in_folders_have_an_end(tmp_path: Path) -> None:
    folder = tmp_path / "docs/en"
    for name in ("", *"a" * 900):  # as deep as no recursion can go
        folder = folder / name
        folder.mkdir(parents=not name)
    (folder / "x.md").write_text("# X\n")
    inventory = taken(tmp_path, {})
    assert told(inventory) == [("/".join(["en", *"a" * 20]), "large", "deep")]
    assert inventory.refusal(folder.relative_to(tmp_path / "docs").as_posix())


def test_a_drawing_with_a_script_is_told_with_its_place(tmp_path: Path) -> None:
    files = {
        "en/a.svg": "<svg>\n <script/></svg>",
        "en/b.SVG": "<svg onload='x'/>",
        "en/c.svg": SVG,
    }
    inventory = taken(tmp_path, files)
    assert told(inventory) == [
        ("en/a.svg", "drawing", "script"),
        ("en/b.SVG", "drawing", "handler"),
    ]
    assert inventory.strays[0].at == (2, 2)
    (tmp_path / "docs/en/a.svg").write_text(SVG)
    assert [path for path, _, _ in told(taken(tmp_path, {}))] == ["en/b.SVG"]


def test_hidden_files_are_nobodys_business_and_are_not_let_through(tmp_path: Path) -> None:
    inventory = taken(tmp_path, {".git/hooks/x.js": "x", "en/.gitkeep": ""})
    assert told(inventory) == []
    assert inventory.refusal(".git/hooks/x.js")
