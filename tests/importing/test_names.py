"""File names become page ids that can stand in any address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.contract import parse_contract
from leitfaden.importing.names import by_id, in_other_locale, named
from tests.importing.trees import CONTRACT

PLAYBOOK = parse_contract(CONTRACT, "playbook.yml")
NAMES = st.lists(
    st.text(st.sampled_from("aAbä %+-_./~#?日"), min_size=1, max_size=12), min_size=1, unique=True
)


def ids(*names: str, locale: str = "de") -> dict[str, str]:
    return {one.name: one.page_id for one in named(names, locale, PLAYBOOK)}


@pytest.mark.parametrize(
    ("name", "page_id"),
    [
        ("pruning-de.md", "pruning"),
        ("pruning.md", "pruning"),
        ("tools/saws-de.markdown", "tools/saws"),
        ("Tools/My Saw.md", "tools/my-saw"),
        ("100% apples & pears.md", "100-apples-pears"),
        ("C++.md", "c"),
        ("a.b.md", "a.b"),
        ("日本.md", "日本"),
        ("Über.MD", "über"),
        ("%%.md", "page"),
        ("README.md", "index"),
        ("tools/readme.md", "tools/index"),
    ],
)
def test_a_name_becomes_an_id(name: str, page_id: str) -> None:
    assert ids(name) == {name: page_id}


def test_a_folder_with_a_home_page_keeps_its_readme_apart() -> None:
    assert ids("index-de.md", "README.md") == {"index-de.md": "index", "README.md": "readme"}


def test_what_is_not_the_files_own_name_is_a_guess() -> None:
    guesses = {one.name: one.is_guess for one in named(["a-de.md", "B.md"], "de", PLAYBOOK)}
    assert guesses == {"a-de.md": False, "B.md": True}


def test_the_file_that_says_the_locale_has_most_right_to_an_id() -> None:
    files = named(["a.md", "A.md", "a-de.md"], "de", PLAYBOOK)
    assert [file.name for file in by_id(files)["a"]] == ["a-de.md", "a.md", "A.md"]


@pytest.mark.parametrize(
    ("page_id", "bare"), [("a-en", "a"), ("a.en", "a"), ("a_en", "a"), ("a", None), ("-en", None)]
)
def test_an_ending_that_says_another_locale_is_told(page_id: str, bare: str | None) -> None:
    assert in_other_locale(page_id, "de", PLAYBOOK) == bare


@given(NAMES)
def test_an_id_never_holds_what_an_address_has_to_encode(names: list[str]) -> None:
    for page_id in ids(*names).values():
        assert re.fullmatch(r"[\w.~-]+(/[\w.~-]+)*", page_id)
        assert not {"", ".", ".."} & set(page_id.split("/"))
        assert page_id == page_id.lower()


@given(NAMES)
def test_a_name_that_is_an_id_already_stays(names: list[str]) -> None:
    for page_id in ids(*names, locale="en").values():
        if not page_id.endswith("readme"):
            assert ids(f"{page_id}.md", locale="en") == {f"{page_id}.md": page_id}
