from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from leitfaden.contract import Contract, parse_contract
from leitfaden.model import Playbook
from leitfaden.reading import read_playbook
from scripts.bench_sites import ManyPages

PAGES = 90  # more than three copies of each page


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    many = ManyPages(PAGES, 3)
    many.write(folder / "ours")
    many.write_plain(folder / "plain", ["tables"])
    return folder


@pytest.fixture(scope="module")
def contract(project: Path) -> Contract:
    return parse_contract((project / "ours" / "playbook.yml").read_text("utf-8"), "playbook.yml")


@pytest.fixture(scope="module")
def playbook(project: Path, contract: Contract) -> Playbook:
    return read_playbook(project / "ours" / "docs", contract, project / "ours")


def test_each_locale_has_the_pages(playbook: Playbook) -> None:
    assert {locale: len(pages) for locale, pages in playbook.pages.items()} == dict.fromkeys(
        ("en", "de", "fr"), PAGES
    )


def test_no_two_pages_have_a_title_in_common(playbook: Playbook) -> None:
    titles = [page.headings[0].text for page in playbook.pages["de"].values()]
    assert len(set(titles)) >= len(titles) - 2  # as many as the project's own pages have


def test_links_lead_to_pages_of_the_same_copy(playbook: Playbook) -> None:
    copy = playbook.pages["en"]["success-conduct-success-review-2"]
    targets = [link.target for link in copy.links if link.target.partition("#")[0].endswith(".md")]
    assert targets
    for target in targets:
        page_id = target.partition("#")[0].removesuffix(".md")
        assert page_id in playbook.ids
        assert page_id.endswith("-2") or f"{page_id}-2" not in playbook.ids


def test_copies_state_tasks_of_their_own(playbook: Playbook) -> None:
    stated = {
        copy: {task.id for task in playbook.pages["en"][f"migrate-migration{copy}"].tasks}
        for copy in ("", "-1", "-2", "-3")
    }
    assert stated["-1"] == stated["-2"]  # a task is stated on a few pages
    assert not stated[""] & stated["-1"]
    assert not stated["-1"] & stated["-3"]


def test_the_navigation_has_all_pages(project: Path, contract: Contract) -> None:
    text = (project / "ours" / "playbook.yml").read_text("utf-8")
    named = set(re.findall(r"- ([\w/-]+)\n", text.partition("\nnavigation:")[2]))
    ids = set(ManyPages(PAGES, 3).page_ids)
    assert ids <= named
    plain = (project / "plain" / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    assert ids == {name.removesuffix(".md") for name in re.findall(r"[\w/-]+\.md", plain)}


def test_the_plain_project_has_the_same_pages_and_no_plugin_of_ours(project: Path) -> None:
    names = {
        kind: {file.relative_to(project / kind) for file in (project / kind / "docs").rglob("*.md")}
        for kind in ("ours", "plain")
    }
    assert names["ours"] == names["plain"]
    settings = yaml.safe_load((project / "plain" / "mkdocs.yml").read_text("utf-8"))
    assert "leitfaden" not in str(settings["plugins"])
