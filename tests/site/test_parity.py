"""What a site says about translations and their originals, from the lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import Built, Site
from tests.site.translations import write_locks

LOCK = "docs/de/translations.lock"
NEWS = "A network. It has two sites."
PAGES: dict[str, str | bytes] = {
    "docs/en/index.md": "# Welcome home\n\nRead [the assessment](assess-it.md).\n",
    "docs/de/index.md": "# Willkommen\n\nLesen Sie [die Analyse](assess-it.md).\n",
    "docs/en/assess-it.md": "# Assess it\n\n## Overview\n\nA network.\n\n- One\n- Two\n",
    "docs/de/assess-it.md": "# Analysieren\n\n## Übersicht\n\nEin Netzwerk.\n\n- Eins\n- Zwei\n",
}


def with_lock(root: Path) -> Site:
    site = Site(root).write(PAGES).navigation("index", "assess-it").save()
    write_locks(root)
    return site


def pages_of(built: Built) -> dict[str, bytes]:
    """Return all pages but the one about translations, by their path."""
    files = built.site.rglob("*.html")
    named = {file.relative_to(built.site).as_posix(): file for file in files}
    return {name: file.read_bytes() for name, file in named.items() if "status/" not in name}


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose source has changed since it was translated."""
    site = with_lock(tmp_path_factory.mktemp("behind"))
    site.edit("docs/en/assess-it.md", "A network.", NEWS)
    return site.build("--strict")


def test_a_part_that_is_behind_is_told_at_the_top_and_marked_in_place(behind: Built) -> None:
    assert behind.exit_code == 0, behind.log
    assert "(1):" in behind.text("de/assess-it/", ".lf-trust__fact--behind")
    assert behind.attributes("de/assess-it/", ".lf-trust__fact--behind dd a", "href") == [
        "#overview",
        "../../assess-it/",
    ]
    link = "h2#overview + p > a.lf-behind"
    assert behind.attributes("de/assess-it/", link, "href") == ["../../assess-it/#overview"]
    assert behind.attributes("de/assess-it/", link, "hreflang") == ["en"]


def test_a_page_whose_units_are_all_recorded_is_up_to_date(behind: Built) -> None:
    assert behind.text("de/", ".lf-trust__fact--current dd").startswith("auf dem Stand")
    assert behind.attributes("de/", ".lf-behind", "href") == []


def test_the_source_says_nothing_of_translations(behind: Built) -> None:
    assert ".lf-behind" not in behind.html("assess-it/")
    assert behind.texts("assess-it/", "[class*=lf-trust__fact--]") == []


@pytest.mark.parametrize(("url", "word"), [("status/", "behind"), ("de/status/", "im Rückstand")])
def test_there_is_a_page_about_it_in_each_language(behind: Built, url: str, word: str) -> None:
    assert any(text.startswith(word) for text in behind.texts(url, ".lf-status__shares li"))
    assert NEWS in behind.texts(url, ".lf-status__text")
    links = behind.attributes(url, ".lf-status__label a", "href")
    below = "../" if url == "status/" else "../../"
    assert f"{below}assess-it/#overview" in links


def test_the_lock_is_neither_published_nor_warned_of(behind: Built) -> None:
    assert list(behind.site.rglob("*.lock")) == []
    assert behind.complaints == []
    assert "translations.lock" not in behind.log


def test_without_a_lock_pages_are_the_same_as_with_one_of_which_nothing_is_behind(
    tmp_path: Path,
) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    current = with_lock(tmp_path / "with").build()
    bare = Site(tmp_path / "without").write(PAGES).navigation("index", "assess-it").build()
    ours, theirs = pages_of(current), pages_of(bare)
    assert ours.keys() == theirs.keys()
    told = {name for name in ours if b"lf-trust__fact--" in ours[name]}
    assert {name for name in ours if ours[name] != theirs[name]} <= told
    assert not any(b"lf-behind" in page or b"lf-lacks" in page for page in ours.values())
    assert not any(b"lf-trust__fact--" in page for page in theirs.values())


def test_a_broken_lock_stops_no_build(tmp_path: Path) -> None:
    site = with_lock(tmp_path)
    lines = (tmp_path / LOCK).read_text("utf-8")
    site.write({LOCK: b"<<<<<<< ours\n\xff\xfe\0\n=======\n" + lines.encode()})
    site.edit("docs/en/assess-it.md", "A network.", NEWS)
    built = site.build()
    assert built.exit_code == 0, built.log
    assert len(built.texts("de/assess-it/", ".lf-behind")) == 1


def test_a_lock_that_is_a_link_out_of_the_docs_folder_is_not_read(tmp_path: Path) -> None:
    site = with_lock(tmp_path)
    (tmp_path / LOCK).rename(tmp_path / "outside.lock")
    (tmp_path / LOCK).symlink_to(tmp_path / "outside.lock")
    site.edit("docs/en/assess-it.md", "A network.", NEWS)
    built = site.build()
    assert built.texts("de/assess-it/", ".lf-behind") == []


def test_a_page_that_a_plugin_has_changed_is_marked_where_its_text_is_now(tmp_path: Path) -> None:
    hook = (
        "def on_page_markdown(markdown, page, **_):\n"
        "    more = '\\n\\nEin Satz von woanders.\\n\\n'\n"
        "    return markdown.replace('## Übersicht', more + '## Übersicht')\n"
    )
    site = with_lock(tmp_path).write({"hook.py": hook})
    site.edit("mkdocs.yml", "\nplugins:", "\nhooks: [hook.py]\nplugins:")
    site.edit("docs/en/assess-it.md", "A network.", NEWS)
    built = site.build()
    assert "Ein Satz von woanders." in built.html("de/assess-it/")
    assert built.text("de/assess-it/", "p:has(> a.lf-behind)").startswith("Ein Netzwerk.")


def test_a_playbook_in_one_language_has_no_such_page(tmp_path: Path) -> None:
    site = Site(tmp_path).write({"docs/en/index.md": "# Home\n"})
    for terms in site.contract.values():
        _drop(terms, "de")
    built = site.build()
    assert built.exit_code == 0, built.log
    assert not (built.site / "status").exists()


def _drop(node: object, key: str) -> None:
    """Take a locale out of a part of a contract."""
    if isinstance(node, dict):
        node.pop(key, None)
        for inner in node.values():
            _drop(inner, key)
    elif isinstance(node, list):
        for inner in node:
            _drop(inner, key)
