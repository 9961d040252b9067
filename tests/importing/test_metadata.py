"""Front matter of another shape is matched with the contract's, and nothing is invented."""

from __future__ import annotations

import pytest

from leitfaden.contract import parse_contract
from leitfaden.importing.metadata import renamed_keys, unknown_keys
from leitfaden.reading import read_page
from tests.importing.trees import CONTRACT

PLAYBOOK = parse_contract(CONTRACT, "playbook.yml")


def keys(front: str) -> tuple[dict[str, str], list[str]]:
    data = f"---\n{front}---\n\n# A\n".encode()
    page = read_page(data, path="a.md", locale="en", page_id="a", contract=PLAYBOOK)
    renamed = renamed_keys(page, PLAYBOOK)
    return {one.old: one.new for one in renamed}, list(unknown_keys(page, PLAYBOOK, renamed))


@pytest.mark.parametrize(
    ("front", "renamed", "unknown"),
    [
        ("Title: A\n", {"Title": "title"}, []),
        ("date: today\n", {"date": "gh.date"}, []),
        ("gh_date: today\n", {"gh_date": "gh.date"}, []),
        ("autor: Ann\n", {"autor": "author"}, []),
        ("layout: page\n", {}, ["layout"]),
        ("title: A\nTitle: B\n", {}, ["Title"]),
        ("Title: A\nTITLE: B\n", {}, ["Title", "TITLE"]),
        ("season: spring\n", {}, []),
        ('"Title": A\n', {}, ["Title"]),
    ],
)
def test_a_key_is_renamed_if_it_can_only_mean_one_that_is_missing(
    front: str, renamed: dict[str, str], unknown: list[str]
) -> None:
    assert keys(front) == (renamed, unknown)


def test_broken_front_matter_is_left_alone() -> None:
    assert keys("Title: [\n")[0] == {}
