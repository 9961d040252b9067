"""Old addresses beside the pages of a playbook: which lead on, and what is wrong with others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from leitfaden.checking import replay
from leitfaden.checking.redirects import Addresses, accepted
from leitfaden.checking.run import CheckOptions, check
from leitfaden.checking.survey import Setting
from leitfaden.contract import load_contract
from leitfaden.reading.inventory import take_inventory
from leitfaden.reading.redirects import read_redirects
from tests.checking.fixtures import ROOT
from tests.cli import support

ENGLISH = {
    "en/assess-network.md": "# Assess\n\n## Key outputs\n\nText.\n",
    "en/phases/index.md": "# Phases\n",
    "en/index.md": "# Home\n",
}
GERMAN = {
    "de/assess-network.md": "# Analysieren\n\n## Ergebnisse\n\nText.\n",
    "de/only-german.md": "# Nur hier\n",
}
PAGES = {**ENGLISH, **GERMAN}
ANY_FILE = f"{support.CONTRACT}trust: full\nfiles: {{also: [a]}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return support.playbook(tmp_path, PAGES)


def told(
    root: Path, files: dict[str, str], language: str = "en", contract: str = support.CONTRACT
) -> list[str]:
    """Return the findings on redirects, each with its place, code and texts."""
    support.playbook(root, files, contract)
    read = load_contract(root / "playbook.yml")
    setting = Setting(root=root, docs=root / "docs", contract=read, today=dt.date(2026, 11, 23))
    report = check(setting, CheckOptions(language=language))
    return [str(one) for one in report.diagnostics if one.code.startswith("LF44")]


def english(root: Path, text: str) -> list[str]:
    return told(root, {"en/redirects.yml": text})


class TestSilence:
    def test_redirects_that_lead_on_are_fine(self, folder: Path) -> None:
        text = "old/name: assess-network\nstart.html: index\nold: {page: assess-network, anchors: "
        assert english(folder, f"{text}{{a: key-outputs, b: '#key-outputs'}}}}\n") == []

    def test_a_page_may_have_its_own_address_as_an_old_one(self, folder: Path) -> None:
        assert english(folder, "assess-network: assess-network\nphases: phases/index\n") == []
        assert told(folder, {"de/redirects.yml": "de/assess-network: assess-network\n"}) == []

    def test_a_page_that_is_not_translated_is_there_for_its_readers(self, folder: Path) -> None:
        german = {"de/redirects.yml": "phasen: {page: phases/index, anchors: {a: phases}}\n"}
        assert told(folder, german) == []

    def test_anchors_are_those_of_the_translation(self, folder: Path) -> None:
        german = "alt: {page: assess-network, anchors: {ergebnisse: key-outputs}}\n"
        assert told(folder, {"de/redirects.yml": german}) == []

    def test_anchors_of_pages_that_mkdocs_renders_are_not_known(self, folder: Path) -> None:
        page = {"en/classic.md": "---\nrenderer: mkdocs\n---\n\n# Classic\n"}
        text = "old: {page: classic, anchors: {a: whatever}}\n"
        assert told(folder, {**page, "en/redirects.yml": text}) == []

    def test_a_file_may_be_empty(self, folder: Path) -> None:
        assert english(folder, "# none yet\n") == []


class TestFindings:
    def test_a_file_that_is_no_yaml(self, folder: Path) -> None:
        (one,) = english(folder, "old: index\nolder: ]\n")
        assert one.startswith("docs/en/redirects.yml:2:8: LF440 The redirects cannot be read: ")

    def test_an_entry_with_a_misspelled_key(self, folder: Path) -> None:
        entry, key = english(folder, "old: {pgae: index}\n")
        assert "1:1: LF440" in entry
        assert key.endswith("The key `pgae` means nothing here. Did you mean `page`?")

    @pytest.mark.parametrize("name", ["redirects.yml", "en/redirects.yaml", "de/Redirects.yml"])
    def test_a_file_in_the_wrong_place(self, folder: Path, name: str) -> None:
        (one,) = told(folder, {name: "old: index\n"})
        assert one.startswith(f"docs/{name}: LF440 Redirects are not read here.")

    def test_a_page_that_does_not_exist(self, folder: Path) -> None:
        (one,) = english(folder, "old: asess-network\n")
        assert one.startswith("docs/en/redirects.yml:1:6: LF441 There is no page `asess-network`")
        assert one.endswith("Did you mean `assess-network`?")

    def test_a_page_that_only_another_locale_has(self, folder: Path) -> None:
        (one,) = english(folder, "old: only-german\n")
        assert "LF441" in one
        assert "Did you mean" not in one

    @pytest.mark.parametrize(
        ("address", "page"),
        [
            ("assess-network", "`assess-network` (en)"),
            ("assess-network.html", "`assess-network` (en)"),
            ("phases", "`phases/index` (en)"),
            ("phases/index.html", "`phases/index` (en)"),
            ("de/phases/", "`phases/index` (de)"),
            ("de/only-german", "`only-german` (de)"),
            ("de", "`index` (de)"),
        ],
    )
    def test_an_address_where_a_page_lives(self, folder: Path, address: str, page: str) -> None:
        (one,) = english(folder, f"{address}: index\n")
        assert f"LF442 The page {page} lives at" in one

    def test_the_same_page_in_another_language_is_another_page(self, folder: Path) -> None:
        (one,) = told(folder, {"de/redirects.yml": "assess-network: assess-network\n"})
        assert "LF442" in one

    @pytest.mark.parametrize(
        ("file", "address"),
        [
            ("en/a.html", "a"),
            ("de/a.html", "de/a"),
            ("assets/a.html", "assets/a"),
            ("en/a/index.html", "a"),
            ("en/a", "a"),
            ("en/a", "a/b"),
        ],
    )
    def test_an_address_where_a_file_lies(self, folder: Path, file: str, address: str) -> None:
        files = {file: "Text", "en/redirects.yml": f"{address}: index\n"}
        (one,) = told(folder, files, contract=ANY_FILE)
        assert f"LF442 The file `{file}` takes the place" in one

    def test_an_address_twice_in_a_file(self, folder: Path) -> None:
        same, other = english(folder, "old: index\nold: phases/index\nold.html: assess-network\n")
        assert "2:1: LF443" in same
        assert "3:1: LF443 `old` already leads to the page `index`" in other

    def test_an_address_in_two_locales_belongs_to_the_source(self, folder: Path) -> None:
        (one,) = told(
            folder, {"en/redirects.yml": "old: index\n", "de/redirects.yml": "old: index"}
        )
        assert one.startswith("docs/de/redirects.yml:1:1: LF443")
        assert "(docs/en/redirects.yml:1)" in one

    def test_an_anchor_that_the_page_lacks(self, folder: Path) -> None:
        (one,) = english(folder, "old:\n  page: assess-network\n  anchors: {a: key-output}\n")
        assert one.startswith("docs/en/redirects.yml:3:16: LF444")
        assert one.endswith("Did you mean `key-outputs`?")

    def test_an_address_that_is_no_path(self, folder: Path) -> None:
        (one,) = english(folder, "/old/name.html: index\n")
        assert one.startswith("docs/en/redirects.yml:1:1: LF445")
        assert one.endswith("Did you mean `old/name.html`?")

    def test_a_link_out_of_the_docs_folder(self, folder: Path) -> None:
        (folder / "secret.yml").write_text("old: nowhere\n")
        (folder / "docs/en/redirects.yml").symlink_to(folder / "secret.yml")
        assert support.codes(support.check("--rule", "LF914")) == ["LF914"]
        assert told(folder, {}) == []

    def test_they_are_told_in_the_order_of_the_file(self, folder: Path) -> None:
        first, second = english(folder, "old: nowhere-at-all\n/older: index\n")
        assert (":1:6: LF441" in first, ":2:1: LF445" in second) == (True, True)

    def test_they_are_told_in_the_language_that_was_asked_for(self, folder: Path) -> None:
        (one,) = told(folder, {"en/redirects.yml": "old: nowhere-at-all\n"}, "de")
        assert "Die Seite `nowhere-at-all`, zu der die alte Adresse `old` führen soll" in one


class TestTelling:
    def test_a_report_that_was_kept_is_not_told_again_for_another_file(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(replay, "UNSETTLED", 0)
        support.playbook(folder, {"en/redirects.yml": "old: index\n"})
        assert "LF441" not in support.codes(support.check())
        support.playbook(folder, {"en/redirects.yml": "old: nowhere-at-all\n"})
        assert "LF441" in support.codes(support.check())

    def test_paths_choose(self, folder: Path) -> None:
        files = {"en/redirects.yml": "old: nowhere-at-all\n", "de/redirects.yml": "/a: index\n"}
        support.playbook(folder, files)
        assert support.codes(support.check("docs/de/redirects.yml")) == ["LF445"]
        assert support.codes(support.check("docs/en/index.md", "--rule", "LF441")) == []

    def test_the_contract_can_switch_them_off(self, folder: Path) -> None:
        checks = "checks: {severity: {redirect-to-unknown-page: off}}\n"
        support.playbook(
            folder, {"en/redirects.yml": "old: nowhere-at-all\n"}, support.CONTRACT + checks
        )
        assert "LF441" not in support.codes(support.check())

    def test_the_baseline_can_know_them(self, folder: Path) -> None:
        support.playbook(folder, {"en/redirects.yml": "old: nowhere-at-all\n"})
        support.check("--update-baseline")
        assert support.codes(support.check()) == []
        support.playbook(folder, {"en/redirects.yml": "old: nowhere\nolder: nowhere-at-all\n"})
        assert support.codes(support.check("--rule", "LF441")) == ["LF441", "LF441"]


def test_only_redirects_that_lead_on_are_accepted(folder: Path) -> None:
    contract = load_contract(ROOT / "playbook.yml")
    inventory = take_inventory(folder / "docs", contract, folder)
    pages = {"en": {"index", "a"}, "de": {"a"}}
    text = b"old: a\na: index\nold.html: index\nb: c\nd: {page: a, anchors: {x: nowhere}}\n"
    files = [read_redirects(text, path="r", locale=locale) for locale in ("en", "de")]
    kept, wrong = accepted(files, Addresses(contract, pages, inventory.names))
    assert [(one.address, one.page_id, one.locale) for one in kept] == [
        ("old", "a", "en"),
        ("d", "a", "en"),
    ]
    codes = [one.found.code for one in wrong]
    assert codes == ["LF442", "LF443", "LF441", "LF443", "LF442", "LF443", "LF441", "LF443"]
