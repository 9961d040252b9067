"""`leitfaden export parts`: how a site is divided among machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leitfaden.cli.share import share_of
from tests.cli.support import CONTRACT, GOOD, playbook, run


def parts(*args: str) -> list[dict[str, str]]:
    """Return the parts, which are told in one line."""
    result = run("export", "parts", *args)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    told: list[dict[str, str]] = json.loads(result.stdout)
    return told


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages: dict[str, str | bytes] = {f"en/page-{number}.md": GOOD for number in range(5)}
    root = playbook(tmp_path, {**pages, "de/page-1.md": GOOD, "de/only.md": GOOD})
    monkeypatch.chdir(root)
    return root


def test_a_small_site_has_a_part_for_each_locale() -> None:
    assert parts() == [
        {"locale": "en", "shard": "1/1", "name": "en-1-of-1"},
        {"locale": "de", "shard": "1/1", "name": "de-1-of-1"},
    ]


def test_a_large_one_has_several_for_each_as_every_locale_has_all_pages() -> None:
    shards = [(one["locale"], one["shard"]) for one in parts("--pages", "4")]
    assert shards == [("en", "1/2"), ("en", "2/2"), ("de", "1/2"), ("de", "2/2")]


def test_a_further_locale_needs_nothing_but_its_line_in_the_contract(project: Path) -> None:
    text = CONTRACT + '  fr: {name: Français, dates: "%d/%m/%Y"}\n'
    (project / "playbook.yml").write_text(text, "utf-8")
    assert [one["locale"] for one in parts()] == ["en", "de", "fr"]


def test_there_are_no_more_than_a_matrix_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leitfaden.cli.export._MOST", 7)
    assert [one["shard"] for one in parts("--pages", "1")] == 2 * ["1/3", "2/3", "3/3"]


def test_a_build_takes_what_is_told() -> None:
    for one in parts("--pages", "2"):
        share = share_of(one["locale"], one["shard"])
        assert share is not None
        assert str(share) == f"{one['locale']} {one['shard']}"


def test_a_contract_that_cannot_be_used_is_told(project: Path) -> None:
    (project / "playbook.yml").write_text("source: [\n", "utf-8")
    result = run("export", "parts")
    assert result.exit_code == 2
    assert result.stdout == ""
