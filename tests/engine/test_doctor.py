"""What `leitfaden doctor` finds: one small project for each trouble."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from leitfaden.engine import doctor, fitness
from leitfaden.engine.doctoring import disk, history, names, setup, versions
from leitfaden.engine.doctoring.ailment import Ailment
from leitfaden.engine.doctoring.patient import patient_of
from leitfaden.engine.doctoring.wording import texts, title, told, translated
from leitfaden.engine.staging import staged
from leitfaden.model import Severity
from leitfaden.model.trouble import Trouble
from leitfaden.site.policy import mistakes
from tests.site.sites import Site

PAGES: dict[str, str | bytes] = {"docs/en/index.md": "# Home\n", "docs/de/index.md": "# Start\n"}
OUTLOOK = ["properdocs-command", "zensical-plugins", "zensical-templates"]
PLUGIN = """\
from mkdocs.plugins import event_priority

@event_priority({priority})
def on_{event}({first}, **kwargs):
    return {first}
"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process pass for one that can be copied: pytest-xdist has threads."""
    monkeypatch.setattr(fitness, "can_fork", lambda: True)


@pytest.fixture
def good(site: Site) -> Site:
    """A project without any trouble."""
    site.write({**PAGES, ".gitignore": "site\n.cache\n"}).save()
    commit(site.root)
    return site


def commit(root: Path) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.invalid")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        subprocess.run(["git", *names, *command], cwd=root, check=True)


def troubles(site: Site, language: str = "en") -> list[Trouble]:
    examined = doctor.examine(site.root / "mkdocs.yml", language)
    return [trouble for one in examined for trouble in one.troubles]


def found(site: Site) -> list[str]:
    """Return the names of what is wrong today, without what would be one day."""
    return [trouble.name for trouble in troubles(site) if trouble.name not in OUTLOOK]


def test_a_good_project_has_no_trouble(good: Site) -> None:
    examined = doctor.examine(good.root / "mkdocs.yml", "en")
    assert [one.name for one in examined if not one.troubles] == [
        *("versions", "setup", "plugins", "history", "names", "disk", "cache")
    ]
    told = {trouble.name: trouble for trouble in examined[-1].troubles}
    assert list(told) == OUTLOOK
    assert {trouble.severity for trouble in told.values()} == {Severity.NOTICE}
    assert "`i18n`, `leitfaden`." in told["zensical-plugins"].what
    assert not list(good.root.glob(".leitfaden-*"))  # where it has looked what the disk does


# The name of a trouble, and what is written in mkdocs.yml in place of what.
FAULTS = [
    ("precondition", "name: material", "name: mkdocs"),
    ("precondition", "docs_structure: folder", "docs_structure: suffix"),
    ("precondition", "reconfigure_search: false", "reconfigure_search: true"),
    ("precondition", "fallback_to_default: true", "fallback_to_default: false"),
    ("precondition", "- content.code.copy", "- navigation.instant"),
    ("precondition", "font: false", "font: {text: Roboto}"),
    ("precondition", "plugins:", "nav: [en/index.md]\nplugins:"),
    ("precondition", "extra:", "extra_css: [https://cdn.invalid/x.css]\nextra:"),
    ("configuration", "site_dir: site", "nonsense: 1"),
    ("configuration", "custom_dir: overrides", "custom_dir: nowhere"),
    ("configuration", "docs_dir: docs", "docs_dir: ["),
    ("configuration", "- search", "- no-such-plugin"),
    ("contract", "contract: playbook.yml", "contract: other.yml"),
    ("no-plugin", "  - leitfaden:\n      contract: playbook.yml", ""),
    ("no-switcher", "reconfigure_search", "reconfigure_material: false\n      reconfigure_search"),
    ("one-locale", "docs_structure", "build_only_locale: en\n      docs_structure"),
    ("validation-off", "anchors: warn", "anchors: ignore"),
    ("palette-name", "name: palette.to-light", "name: Lights on"),
    ("search-options", "- search", "- search: {lang: en}"),
    ("locale-hidden", "docs_dir: docs", "docs_dir: docs\nexclude_docs: /de/"),
]


@pytest.mark.parametrize(("name", "old", "new"), FAULTS)
def test_a_fault_of_the_configuration_is_told_with_its_cure(
    site: Site, name: str, old: str, new: str
) -> None:
    site.write(PAGES).save()
    site.edit("mkdocs.yml", old, new)
    ailments = [one for one in setup.look(patient_of(site.root / "mkdocs.yml")) if one.name == name]
    assert ailments
    for language in ("en", "de"):
        for trouble in (told(one, language) for one in ailments):
            assert trouble.what
            assert trouble.cure


def test_links_to_edit_pages_that_lead_past_them_are_told(good: Site) -> None:
    good.edit("mkdocs.yml", "- content.code.copy", "- content.action.edit")
    good.edit("mkdocs.yml", "docs_dir", "repo_url: https://git.invalid/x\ndocs_dir")
    assert found(good) == []  # MkDocs knows nothing of the server, so there are no such links
    good.edit("mkdocs.yml", "docs_dir", "edit_uri: edit/main/docs/\ndocs_dir")
    assert found(good) == []
    good.edit("mkdocs.yml", "edit/main/docs/", "edit/main/pages/")
    assert found(good) == ["edit-uri"]


def test_a_missing_address_is_told(good: Site) -> None:
    text = (good.root / "mkdocs.yml").read_text("utf-8")
    lines = (line for line in text.splitlines(True) if not line.startswith("site_url"))
    good.write({"mkdocs.yml": "".join(lines)})
    assert found(good) == ["no-site-url"]


def test_a_missing_text_and_a_missing_template_are_told(good: Site) -> None:
    good.edit("overrides/locales/de.yml", "fact-box:", "fact-bax:")
    good.contract["kinds"]["home"] = {**good.contract["kinds"].get("home", {}), "view": "nothing"}
    good.save()
    assert set(found(good)) == {"texts"}


def test_what_others_learn_of_readers_is_told_where_no_policy_forbids_it(good: Site) -> None:
    good.contract["policy"] = {"enforced": False}
    good.save()
    good.edit("mkdocs.yml", "font: false", "font: {text: Roboto}")
    good.edit(
        "mkdocs.yml", "validation:", "extra_javascript: [https://cdn.invalid/x.js]\nvalidation:"
    )
    assert found(good) == ["google-font", "other-host"]


@pytest.mark.parametrize(
    ("event", "first", "priority", "name"),
    [
        ("files", "files", -500, "late-files"),
        ("page_markdown", "markdown", -2000, "late-text"),
        ("page_content", "html", 2000, "early-html"),
        ("nav", "nav", 0, "other-nav"),
    ],
)
def test_others_that_come_at_the_wrong_time_are_told(
    good: Site, event: str, first: str, priority: int, name: str
) -> None:
    hook = PLUGIN.format(event=event, first=first, priority=priority)
    good.write({"hook.py": f"parallel_pages = True\n{hook}"})
    good.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    told = {trouble.name: trouble for trouble in troubles(good)}
    assert "hook.py" in told[name].what
    assert "hook.py" in told["zensical-hooks"].what
    assert "one-process" not in told


def test_one_process_alone_is_told(good: Site) -> None:
    good.write({"hook.py": "def on_page_content(html, **kwargs):\n    return html\n"})
    good.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    assert found(good) == ["one-process", "zensical-hooks"]


# History


def test_a_shallow_clone_is_told(good: Site, tmp_path: Path) -> None:
    good.write({"docs/en/index.md": "# Home again\n"})
    commit(good.root)
    clone = tmp_path / "clone"
    source = good.root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth", "1", source, clone], check=True)
    assert names_of(history.look(patient_of(clone / "mkdocs.yml"))) == ["shallow-clone"]


def test_a_folder_without_git_is_told(site: Site) -> None:
    site.write(PAGES).save()
    assert found(site) == ["no-repository"]


def test_a_missing_git_is_told(good: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert found(good) == ["no-git"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give")
def test_a_repository_of_others_is_told(good: Site) -> None:
    for folder in (good.root, good.root / ".git"):
        os.chown(folder, 12345, -1)
    (trouble,) = (one for one in troubles(good) if one.name == "not-our-repository")
    assert f"safe.directory '{good.root}'" in trouble.cure


# Names


def test_names_that_only_some_machines_can_keep_are_told() -> None:
    given = ("en/A.md", "en/a.md", "de/\u00e9.md", "de/e\u0301.md", "en/con.md", "en/what?.md")
    told = list(names.of_names((*given, "en/fine.md", f"en/{'x' * 200}.md"), False, "docs"))
    assert [(one.name, one.severity) for one in told] == [
        ("same-name", Severity.ERROR),
        ("same-name", Severity.ERROR),
        ("no-windows-name", Severity.WARNING),
        ("no-windows-name", Severity.WARNING),
        ("long-path", Severity.WARNING),
    ]


def test_what_a_disk_does_with_names_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names_of(names.of_disk(tmp_path)) == []
    known = {"case", "CASE", "e\u0301"}
    monkeypatch.setattr(os.path, "lexists", lambda path: Path(path).name in known)
    assert names_of(names.of_disk(tmp_path)) == ["blind-to-case", "one-unicode-form"]


def test_a_linked_folder_is_told(good: Site, tmp_path: Path) -> None:
    (good.root / "elsewhere").mkdir()
    (good.root / "docs" / "en" / "linked").symlink_to(good.root / "elsewhere")
    assert found(good) == ["linked-folder"]


# Disk and cache


def test_a_full_disk_is_told(good: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type(shutil.disk_usage("/"))
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10, 9, 1))
    assert found(good) == ["disk-full", "temporary-full"]


def test_a_folder_that_cannot_be_written_to_is_told(
    good: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tempfile.TemporaryDirectory

    def refusing(**options: Any) -> object:
        if Path(options["dir"]) == good.root:
            raise PermissionError(13, "Permission denied")
        return real(**options)

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refusing)
    assert found(good) == ["site-unwritable", "no-cache"]


def test_no_place_for_temporary_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    assert names_of(disk._temporary()) == ["no-temporary"]


def test_what_keeps_a_site_from_being_replaced_at_once_is_told(
    good: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    good.write({"site/index.html": ""})
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == good.root / "site")
    assert found(good) == ["site-mounted"]
    good.write({"site/.git/config": ""})
    assert found(good) == ["kept-in-site"]


def test_what_a_killed_build_has_left_is_told_but_not_a_build_that_runs(good: Site) -> None:
    (good.root / ".site-staging-1").mkdir()
    with staged(good.root / "other"):
        assert found(good) == ["left-behind"]
    with staged(good.root / "site"):  # which has removed it
        assert found(good) == []


def test_no_place_for_a_key_is_told(good: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEITFADEN_CACHE_KEY", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(good.root / "inside"))
    assert found(good) == ["no-cache-key"]


# Versions


def test_other_versions_are_told() -> None:
    wanted = ["mkdocs>=1.6.1,<1.7", "click>=8.3.2,<9", "nh3>=0.3", "only; python_version < '3'"]
    there = {"mkdocs": "2.0.1", "click": "8.1.0"}
    told = list(versions.of_packages(wanted, there.get))
    assert names_of(told) == ["mkdocs-2", "other-version", "missing-package"]
    assert {one.severity for one in told} == {Severity.ERROR}
    assert names_of(versions.of_packages(wanted[:1], {"mkdocs": "1.7.0"}.get)) == ["other-version"]
    assert names_of(versions.of_packages(wanted[:1], {"mkdocs": "1.6.9"}.get)) == []
    assert names_of(versions.of_python(">=3.11", "3.10.2")) == ["python"]


def test_without_a_package_nothing_else_is_looked_at(
    good: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_installed", lambda name: None)
    (only,) = doctor.examine(good.root / "mkdocs.yml", "en")
    assert {trouble.name for trouble in only.troubles} == {"missing-package"}


def names_of(ailments: Iterator[Ailment] | list[Ailment]) -> list[str]:
    return [one.name for one in ailments]


# Texts


def test_both_languages_tell_the_same() -> None:
    english, german = texts("en"), texts("de")
    assert english["titles"].keys() == german["titles"].keys()
    assert english["ailments"].keys() == german["ailments"].keys()
    for name, one in english["ailments"].items():
        other = german["ailments"][name]
        assert one.keys() == other.keys()
        for part, text in one.items():
            assert set(places(text)) == set(places(other[part])), f"{name}: {part}"
    assert title("disk", "de") == "Datenträger"


def places(text: str) -> list[str | None]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_what_stops_a_build_is_told_in_german_too(good: Site) -> None:
    good.edit("mkdocs.yml", "font: false", "font: {text: Roboto}")
    good.edit("mkdocs.yml", "  - pymdownx.highlight", "  - pymdownx.highlight: {noclasses: true}")
    good.edit("mkdocs.yml", "extra:", "extra_css: [https://cdn.invalid/x.css]\nextra:")
    good.edit("mkdocs.yml", "  generator: false", "  analytics: {provider: google}")
    patient = patient_of(good.root / "mkdocs.yml")
    assert patient.config is not None
    assert patient.contract is not None
    sentences = [text for one in mistakes(patient.contract, patient.config) for text in one]
    assert len(sentences) == 8
    assert [text for text in sentences if translated(text, "de") == text] == []
