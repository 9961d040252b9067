"""Files that nobody has written for readers: each is told, in every format, and none stops it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.support import BLANKS, GOOD, check, codes, playbook, run

FORMATS = ("text", "concise", "json", "sarif", "github", "junit", "markdown")
ROW = "| 4047 | Do | M | Lead | All |\n"
BOMB = "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" if n else "a0: &a0 [x]\n" for n in range(12)
)
PAGES: dict[str, str | bytes] = {
    "giant": GOOD + "Word " * 1_000_000,
    "rows": f"{GOOD}\n| Task ID | Name | M | R | S |\n|---|---|---|---|---|\n{ROW * 100_000}",
    "quotes": GOOD + ">" * 10_000 + " text\n",
    "brackets": GOOD + "[" * 500_000,
    "one line": GOOD + "##  B [a](b\u200b.md) \u00a0 http://example.org/x " * 2000 + "\n",
    "blanks": GOOD + "Text \n\n" * 20_000,
    "bomb": f"---\ntitle: A\n{BOMB}---\n\n# A\n",
    "nul": GOOD + "a\0b\n" * 100,
    "utf-16": GOOD.encode("utf-16"),
    "latin-1": GOOD.encode() + b"\xc4pfel\n",
    "lone cr": GOOD.replace("\n", "\r"),
    "escapes": "# A\x1b[2J\n\n##  \x1b]0;t\x07 ##[error]x ::error::y\n\n[a](\x1b[31mb.md)\n",
    "surrogate": '---\ntitle: "\\ud800\\x1b[31m"\nms.date: "\\u2028"\n---\n\n# A\n',
    "empty": b"",
}
UNREADABLE = {"giant": "LF101", "rows": "LF101", "nul": "LF102", "utf-16": "LF102"}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(playbook(tmp_path, {"en/a.md": PAGES[name]}))
    for form in FORMATS:
        result = run("check", "-f", form, "-l", "de")
        assert result.exit_code in (0, 1)
        assert result.stderr == ""
        assert not set(result.stdout) & {"\x1b", "\x07"}
        if form in ("json", "sarif"):
            json.loads(result.stdout)
    if name in UNREADABLE:
        assert UNREADABLE[name] in codes(check())
    before = Path("docs/en/a.md").read_bytes()
    assert run("fix", "--diff", "--unsafe").exit_code in (0, 1)
    assert Path("docs/en/a.md").read_bytes() == before
    assert run("fix", "--unsafe").exit_code in (0, 1)
    assert run("check", "--update-baseline", "--no-cache").exit_code in (0, 1)
    assert run("check").exit_code in (0, 1)


def test_no_line_of_a_log_is_a_command_that_a_page_has_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = GOOD + "".join(f"##  {n} ##[error]x ::error::y\n\n" for n in range(40))
    monkeypatch.chdir(playbook(tmp_path, {"en/a.md": page}))
    lines = run("check", "-f", "github").stdout.splitlines()
    assert sum(line.startswith("::notice ") for line in lines) == 10
    assert len(lines) > 40
    assert not any("::" in line or "##[" in line for line in lines if line[:2] != "::")


def test_what_has_the_name_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = playbook(tmp_path, {"en/folder.md/inner.md": GOOD}) / "docs" / "en"
    (docs / "self.md").symlink_to("self.md")
    (docs / "one.md").symlink_to("two.md")
    (docs / "two.md").symlink_to("one.md")
    (docs / "loop").symlink_to(".", target_is_directory=True)
    (docs / "out.md").symlink_to("/etc/passwd")
    os.mkfifo(docs / "pipe.md")
    monkeypatch.chdir(tmp_path)
    told = {
        line.split(": ")[0]: line.split()[1]
        for line in check("-r", "LF101", "-r", "LF914").stdout.splitlines()
    }
    unreadable = ("folder", "self", "one", "two", "pipe")
    expected = {f"docs/en/{name}.md": "LF101" for name in unreadable}
    assert told == expected | {"docs/en/loop": "LF914", "docs/en/out.md": "LF914"}
    for form in FORMATS:
        assert run("check", "-f", form).exit_code == 1
    assert run("fix", "--unsafe").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="no file there can have such a name")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"new\nline.md", ["LF122"]),
        (b"\x1b[31m.md", ["LF122"]),
        (b"\xff.md", ["LF122"]),
        (b"b\\s.md", ["LF122"]),
        ("a\u202edm.exe.md".encode(), ["LF122"]),
        (b'"q" ::, %.md', ["LF123", "LF210"]),
        (b"`*|<a>&.md", ["LF123", "LF210"]),
        (b"com1.md", ["LF123", "LF210"]),
        (b"a .md", ["LF210"]),
    ],
)
def test_a_hostile_name(
    name: bytes, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = playbook(tmp_path, {}) / "docs" / "en"
    file = Path(os.fsdecode(os.fsencode(docs) + b"/" + name))
    file.write_text(BLANKS)
    monkeypatch.chdir(tmp_path)
    for form in FORMATS:
        result = run("check", "-f", form)
        assert (result.exit_code, result.stderr) == (int(told != ["LF210"]), "")
        assert "\x1b" not in result.stdout
        assert form not in ("text", "concise") or "\u202e" not in result.stdout
    assert codes(check()) == told
    if told == ["LF122"]:
        return  # it is no page, whatever it holds
    diff = run("fix", "--diff").stdout_bytes
    assert b"-##  Overview" in diff
    assert run("fix").exit_code == 0
    assert file.read_text() == GOOD


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may read everything")
def test_a_page_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(playbook(tmp_path, {"en/a.md": GOOD}))
    Path("docs/en/a.md").chmod(0)
    assert "LF101" in codes(check())
    assert run("fix").exit_code == 0
