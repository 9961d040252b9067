"""Old addresses and anchors lead to the pages of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.contract import parse_contract
from leitfaden.importing.addresses import moved_anchors, old_ids
from leitfaden.model import MovedAnchor
from leitfaden.reading import read_page
from leitfaden.reading.redirects import read_redirects
from tests.importing.trees import CONTRACT, imported, page, project, write

PLAYBOOK = parse_contract(CONTRACT, "playbook.yml")


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        (
            ["Key Outputs", "Key Outputs", "Key Outputs"],
            ["key-outputs", "key-outputs-1", "key-outputs-2"],
        ),
        (["Überblick & Ziele"], ["überblick--ziele"]),
        (["What's new?"], ["whats-new"]),
        (["`code` and *more*"], ["code-and-more"]),
        (["1. First_step - now"], ["1-first_step---now"]),
        (["4.  Make it", "4.  *Make* it"], ["4--make-it", "4--make-it-1"]),
    ],
)
def test_old_anchors_are_those_of_github(headings: list[str], ids: list[str]) -> None:
    data = "".join(f"## {heading}\n\n" for heading in headings).encode()
    read = read_page(data, path="a.md", locale="en", page_id="a", contract=PLAYBOOK)
    assert list(old_ids(read)) == ids


def test_an_anchor_that_is_still_there_needs_no_redirect() -> None:
    assert moved_anchors(("a", "b", ""), ("a", "c", "d")) == {"b": "c"}
    assert moved_anchors(("a", "b"), ("b", "c")) == {"a": "b"}
    assert moved_anchors(("a",), ("b", "c")) == {}


def test_each_file_has_its_old_address_below_the_old_folder(tmp_path: Path) -> None:
    files = {"index-de.md": page("Start"), "a-de.md": page("A", "## Überblick\n\nText.")}
    root = project(tmp_path / "project")
    made = imported(root, write(tmp_path / "tree", files), "de", prefix="old/de")
    assert [one.address for one in made.redirects.redirects] == ["old/de/a-de", "old/de/index-de"]
    assert made.redirects.redirects[0].anchors == (MovedAnchor("überblick", "overview"),)
    assert made.redirects.lost == ()


def test_an_address_that_another_page_has_is_told(tmp_path: Path) -> None:
    files = {"b-de.md": page("Another")}
    root = project(tmp_path / "project", {"en/b-de.md": page("Taken")})
    made = imported(root, write(tmp_path / "tree", files), "de")
    (lost,) = made.redirects.lost
    assert (lost.address, lost.page_id, lost.taken, lost.locale) == ("b-de", "b", "en/b-de", "")


def test_redirects_of_before_stay_as_they_are_written(tmp_path: Path) -> None:
    before = "# by hand\nolder: a   # still linked\na-de: b\n"
    root = project(tmp_path / "project", {"de/redirects.yml": before, "de/b.md": page("B")})
    tree = write(tmp_path / "tree", {"a-de.md": page("A"), "c-de.md": page("C")})
    imported(root, tree, "de")
    after = (root / "docs/de/redirects.yml").read_bytes()
    assert after.decode() == f"{before}c-de: c\n"
    read = read_redirects(after, path="", locale="de")
    assert [(one.address, one.page_id) for one in read.redirects] == [
        ("older", "a"),
        ("a-de", "b"),
        ("c-de", "c"),
    ]


def test_a_file_of_redirects_that_is_broken_is_left_alone(tmp_path: Path) -> None:
    root = project(tmp_path / "project", {"de/redirects.yml": "a: [\n"})
    made = imported(root, write(tmp_path / "tree", {"a-de.md": page("A")}), "de")
    assert made.redirects.problem
    assert (root / "docs/de/redirects.yml").read_text() == "a: [\n"
