from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from leitfaden.contract import ContractError, load_contract

Told = Callable[[str], list[str]]

GOOD = "source: en\nlocales:\n  en:\n    name: English\nroles:\n  a: {en: Ä}\n"


def told_of(path: Path) -> str:
    with pytest.raises(ContractError) as raised:
        load_contract(path)
    return str(raised.value).removeprefix(path.as_posix())


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        f"--- # first\n{GOOD}...\n".encode(),
    ],
    ids=["plain", "byte order mark", "Windows", "marked"],
)
def test_forms_of_a_file_that_are_fine(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "playbook.yml"
    file.write_bytes(content)
    assert load_contract(file).roles["a"].name("en") == "Ä"


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_places_are_those_that_editors_show(tmp_path: Path, prefix: bytes, end: bytes) -> None:
    file = tmp_path / "playbook.yml"
    lines = ["source: en", "locales: {en: {name: Ää𝒳, nane: x}}"]
    file.write_bytes(prefix + end.join(line.encode() for line in lines))
    help = "Known here: `name`, `dates`, `requirement`, `legacy-suffixes`, `separators`, "
    help += "`direction`, `language`, `search`, `function-words`."
    assert told_of(file) == f":2:27: LF901 Unknown key `nane`. {help}"


def test_a_missing_file(tmp_path: Path) -> None:
    assert told_of(tmp_path / "playbook.yml") == (
        ": LF906 There is no such file. "
        "Run this in the folder that holds `playbook.yml`, or name the file."
    )


def test_a_folder(tmp_path: Path) -> None:
    assert told_of(tmp_path) == (
        ": LF906 This is no regular file. "
        "Run this in the folder that holds `playbook.yml`, or name the file."
    )


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "playbook.yml"
    file.write_bytes("source: en\nä: ü".encode("cp1252"))
    assert told_of(file) == (
        ":2:1: LF906 The file is not UTF-8: byte 0xE4 cannot be read. Save it as UTF-8."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: [1,\n",
            "2:1: LF906 This is not YAML: while parsing a flow node, "
            "did not find expected node content. Check indentation, quotes and brackets here.",
        ),
        (
            "a:\n  b: 'c\nd: e\n",
            "4:1: LF906 This is not YAML: while scanning a quoted scalar, "
            "found unexpected end of stream (it begins in line 2). "
            "Check indentation, quotes and brackets here.",
        ),
        (
            "dates: %d.%m.%Y\n",
            "1:8: LF906 This is not YAML: while scanning for the next token, "
            "found character that cannot start any token. "
            "Put a value that begins with % in quotes.",
        ),
        (
            "a:\n\tb: c\n",
            "2:1: LF906 This is not YAML: while scanning for the next token, "
            "found character that cannot start any token. Indent with blanks, not with tabs.",
        ),
        (
            "a: b\nc: \x01\n",
            "2:4: LF906 The character U+0001 is not allowed in YAML. "
            "Remove this invisible character.",
        ),
        (
            "a: b\nc: \ud800\n",
            "2:4: LF906 The character U+D800 is no text. Remove this half of a character.",
        ),
        (
            "a: b\n---\nc: d\n",
            "2:1: LF906 The file holds more than one YAML document. Remove the `---` between them.",
        ),
        ("a: *b\n", "1:4: LF906 The alias `*b` has no anchor. Put the value in quotes."),
        ("a: &b [*b]\n", "1:8: LF906 The alias `*b` holds itself. Write the entries out."),
        (
            "a: " + "[" * 100_000,
            "1:35: LF906 Lists and mappings are nested more than 32 deep. "
            "A contract needs a few levels only.",
        ),
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{c}: &{c} [{','.join(['*' + b] * 9)}]\n"
                for b, c in zip("abcdefg", "bcdefgh", strict=True)
            ),
            "6:8: LF906 The file has more than 100000 entries, aliases counted. "
            "A contract is a short file of words.",
        ),
    ],
)
def test_what_is_no_yaml_or_no_contract(told: Told, text: str, message: str) -> None:
    assert told(text) == [message]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "playbook.yml"
    file.write_text("#" * 2_000_000, encoding="utf-8")
    assert told_of(file) == (
        ": LF906 The file is larger than 1024 KiB. A contract is a short file of words."
    )


def test_a_flood_of_problems_ends_somewhere(told_more: Told) -> None:
    assert len(told_more("".join(f"key{n}: x\n" for n in range(5000)))) == 1000


@pytest.mark.parametrize(
    ("more", "messages"),
    [
        (
            "source: de",
            [
                "5:1: LF907 The key `source` is already in line 1. "
                "Merge both entries, or remove one."
            ],
        ),
        (
            "roles:\n  a: {en: A, de: A}\n  a: {en: B}\n",  # the second is not looked at
            ["7:3: LF907 The key `a` is already in line 6. Merge both entries, or remove one."],
        ),
        ("? [a]\n: b\n", ["5:3: LF905 A key must be a text. Write `key: value`."]),
        (
            "roles: {a: {en: !include x, de: !!str 3}}",
            [
                "5:17: LF905 The tag `!include` is not allowed. "
                "Remove it; put a text that begins with `!` in quotes."
            ],
        ),
    ],
)
def test_what_yaml_lets_pass(told_more: Told, more: str, messages: list[str]) -> None:
    assert told_more(more) == messages


def test_an_alias_may_save_writing(told_more: Told) -> None:
    more = "roles: {a: {en: A, de: A, aliases: {en: &other [B, C], de: *other}}}"
    assert told_more(more) == []


@pytest.mark.parametrize("name", ["No", "yes", "on", "12:30", "2024-01-01", "1.0", "1_000"])
def test_a_text_needs_no_quotes_where_only_old_yaml_would(told_more: Told, name: str) -> None:
    assert told_more(f"roles: {{a: {{en: {name}, de: {name}}}}}") == []


def test_all_problems_are_told_at_once_in_the_order_of_the_file(told_more: Told) -> None:
    more = """\
lables: {}
roles:
  a: {en: A}
  b: {en: B, de: 5}
sections: {c: {en: C, de: C, level: x, required-in: [page]}}
sections: {}
navigation: [{phase: x, pages: [y]}]
"""
    assert [line.split(" ")[1] for line in told_more(more)] == [
        "LF901",
        "LF902",
        "LF905",
        "LF905",
        "LF905",
        "LF907",
        "LF905",
    ]
