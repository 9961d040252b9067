"""Checks in a build: the same findings as `leitfaden check`, each told once, and what they do."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest

from leitfaden.site.levels import TOLD_BY_MKDOCS
from leitfaden.translating.lock import HEADER
from tests.site.sites import Built, Site

HOME = {"docs/en/index.md": "# Home\n\nRead on.\n", "docs/de/index.md": "# Start\n\nMehr.\n"}
ERROR = "---\nmood: good\n---\n\n# Page\n\nText.\n"
WARNING = "# Page\n\n[](index.md)\n"
BROKEN_LINK = "# Page\n\n[Nowhere](nothing.md)\n"


def told(built: Built) -> list[str]:
    """Return all findings in the log, without their level."""
    return [line.partition("leitfaden: ")[2] for line in built.log.splitlines() if ": LF" in line]


def code_of(line: str) -> str:
    """Return the code of the rule that a finding names."""
    found = re.search(r": (LF\d+) ", line)
    assert found, line
    return found[1]


def up_to_code(line: str) -> str:
    """Return what stands before a finding's words."""
    return line[: line.index(code_of(line)) + len("LF000")]


def about(built: Built, *codes: str) -> list[str]:
    """Return the findings of some rules."""
    return [line for line in told(built) if code_of(line) in codes]


def assert_stops_at(built: Built, folder: str) -> None:
    """Look whether a build has ended at a folder that is a link, and tells nothing else."""
    assert built.exit_code == 1
    assert [up_to_code(line) for line in told(built)] == [f"{folder}: LF914"]
    assert len(built.complaints) == 1
    assert built.log.rstrip().endswith("The build was stopped: correct the error above.")
    assert not built.site.exists()


def command(site: Site, *arguments: str) -> str:
    """Run `leitfaden` in the project and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "leitfaden", *arguments],
        cwd=site.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


def with_fail_on(site: Site, value: str) -> Site:
    contract = "      contract: playbook.yml\n"
    return site.edit("mkdocs.yml", contract, f"{contract}      check: {{fail_on: {value}}}\n")


class TestTheSameAsTheCommand:
    def test_each_finding_in_the_same_words_with_its_help(self, site: Site) -> None:
        site.write({**HOME, "docs/en/a.md": ERROR, "docs/en/b.md": WARNING})
        site.write({"docs/en/c.md": BROKEN_LINK, "docs/de/c.md": "# C\n\n## Leer\n"})
        built = site.navigation("index", "nothing").build("--strict")
        assert built.exit_code == 1
        lines = command(site, "check", "--format", "concise", "--no-cache").splitlines()
        codes = {code_of(line) for line in lines}
        assert codes >= {"LF108", "LF401", "LF411", "LF421", "LF904"}
        in_build = told(built)
        assert len(in_build) == len(lines)
        for full, line in zip(in_build, lines, strict=True):
            assert full.startswith(f"{line} ")  # the help follows

    def test_an_error_fails_a_strict_build_alone(self, site: Site) -> None:
        site.write({**HOME, "docs/en/page.md": ERROR})
        assert site.build().exit_code == 0
        built = site.build("--strict")
        assert built.exit_code == 1
        assert [up_to_code(line) for line in built.complaints] == [
            "ERROR   -  leitfaden: docs/en/page.md:2:1: LF108"
        ]


class TestFailOn:
    @pytest.mark.parametrize(
        ("fail_on", "page", "level", "exit_code"),
        [
            ("error", ERROR, "ERROR", 1),
            ("error", WARNING, "INFO", 0),
            ("warning", ERROR, "ERROR", 1),
            ("warning", WARNING, "WARNING", 1),
            ("never", ERROR, "INFO", 0),
            ("never", BROKEN_LINK, "INFO", 0),
        ],
    )
    def test_what_fails_a_strict_build(
        self, site: Site, fail_on: str, page: str, level: str, exit_code: int
    ) -> None:
        site.write({**HOME, "docs/en/page.md": page})
        built = with_fail_on(site, fail_on).build("--strict")
        assert built.exit_code == exit_code
        assert len(about(built, "LF108", "LF411", "LF401")) == 1
        found = [line for line in built.lines(level) if re.search("LF108|LF411|LF401", line)]
        assert len(found) == 1
        assert len(built.complaints) == exit_code

    def test_a_warning_is_shown_and_fails_nothing_by_default(self, site: Site) -> None:
        built = site.write({**HOME, "docs/en/page.md": WARNING}).build("--strict")
        assert built.exit_code == 0
        assert built.complaints == []
        assert [line for line in built.lines("INFO") if "docs/en/page.md:3:1: LF411" in line]

    def test_another_value_is_told(self, site: Site) -> None:
        built = with_fail_on(site.write(HOME), "sometimes").build()
        assert built.exit_code == 1
        assert "Traceback" not in built.log
        assert "'fail_on'" in built.log


class TestWhatIsNotToBeTold:
    def test_comments_levels_and_the_baseline_hold(self, site: Site) -> None:
        comment = "<!-- leitfaden: ignore LF401 it comes next week -->\n"
        site.write(HOME).write({"docs/en/comment.md": f"# A\n\n{comment}\n[a](nothing.md)\n"})
        site.write({"docs/en/level.md": ERROR, "docs/en/path.md": BROKEN_LINK})
        site.contract["checks"] = {
            "severity": {"LF108": "notice"},
            "paths": {"docs/en/path.md": {"link-broken": "off"}},
        }
        site.save().write({"docs/en/old.md": "# Old\n\n[a](never-written.md)\n"})
        assert site.build("--strict").exit_code == 1
        command(site, "check", "--update-baseline")
        built = site.build("--strict")
        assert built.complaints == []
        assert built.exit_code == 0
        assert told(built) == []  # the baseline knows also what is no error
        assert "next week" not in built.html("comment/")

    def test_a_level_of_the_contract_counts_more_than_mkdocs(self, site: Site) -> None:
        site.contract["checks"]["severity"] = {"LF401": "notice"}
        built = site.write({**HOME, "docs/en/page.md": BROKEN_LINK}).build("--strict")
        assert built.complaints == []
        assert len(about(built, "LF401")) == 1

    def test_a_level_of_the_contract_counts_for_what_only_a_build_finds(self, site: Site) -> None:
        site.contract["checks"] = {"severity": {"LF911": "off", "LF912": "notice"}}
        site.write({**HOME, "docs/stray.md": "# Stray\n", "docs/fr/index.md": "# Accueil\n"})
        built = site.build("--strict")
        assert built.complaints == []
        assert about(built, "LF911") == []
        assert len(about(built, "LF912")) == 1

    def test_a_level_of_the_contract_counts_for_files_that_are_left_out(self, site: Site) -> None:
        site.contract["checks"] = {"severity": {"LF914": "notice"}}
        site.write(HOME)
        (site.root / "docs/en/out.txt").symlink_to(site.root / "playbook.yml")
        (site.root / "docs/en/x.svg").symlink_to("nothing.svg")
        built = site.build("--strict")
        assert built.complaints == []
        assert built.exit_code == 0
        assert [up_to_code(line) for line in about(built, "LF914")] == [
            "docs/en/out.txt: LF914",
            "docs/en/x.svg: LF914",
        ]

    @pytest.mark.parametrize("level", ["notice", "off"])
    def test_whatever_its_level_a_folder_that_is_a_link_stops_the_build(
        self, site: Site, level: str
    ) -> None:
        site.contract["checks"] = {"severity": {"LF914": level}}
        site.write(HOME)
        (site.root / "docs/en/loop").symlink_to(".", target_is_directory=True)
        assert_stops_at(site.build(), "docs/en/loop")

    def test_a_used_up_entry_of_the_baseline_is_told(self, site: Site) -> None:
        site.save().write({**HOME, "docs/en/page.md": ERROR})
        command(site, "check", "--update-baseline")
        site.write({"docs/en/page.md": "# Page\n\nText.\n"})
        built = site.build("--strict")
        assert built.complaints == []
        assert [line for line in about(built, "LF924") if line.startswith(".leitfaden-baseline.js")]

    @pytest.mark.parametrize("content", ["{", "[]", '{"version": 99, "findings": []}'])
    def test_a_broken_baseline_stops_the_build(self, site: Site, content: str) -> None:
        built = site.write({**HOME, ".leitfaden-baseline.json": content}).build()
        assert built.exit_code == 1
        assert "Traceback" not in built.log
        assert len(built.complaints) == 1
        assert ".leitfaden-baseline.json:1:" in built.complaints[0]
        assert ": LF925 " in built.complaints[0]
        assert built.log.rstrip().endswith("The build was stopped: correct the error above.")
        assert not built.site.exists()


SOURCE = """\
# Page

- [a](nothing.md)
- [b](/resources-bvd/)
- [c](http://[)
- [d](javascript:x)
- [e](more)
- [f](More.md)
- [g](more.md#nothing)
- [h](#nothing)
- ![The map](nothing.svg)
- ![The map](../assets/Map.svg)
"""
CODES = "LF401 LF402 LF403 LF404 LF406 LF407 LF407 LF417 LF418 LF425 LF904 LF911 LF912 LF914 LF915"


class TestToldOnce:
    def test_no_finding_is_told_twice(self, site: Site) -> None:
        files = {**HOME, "docs/en/page.md": SOURCE, "docs/en/more.md": "# More\n\nText.\n"}
        site.write({**files, "docs/stray.md": "# Stray\n", "docs/fr/index.md": "# Accueil\n"})
        site.write({"docs/assets/map.svg": "<svg/>", "docs/de/more.md": "# Mehr\n\nText.\n"})
        site.write({"docs/de/more-de.md": "# Mehr\n\nText.\n", "outside/page.md": "# Outside\n"})
        (site.root / "docs/en/linked.txt").symlink_to(site.root / "outside/page.md")
        built = site.navigation("index", "page", "nothing").build()
        assert built.exit_code == 0
        found = told(built)
        assert len(found) == len(set(found))
        codes = [code_of(line) for line in found]
        mistakes = [code for code in codes if code[2] in "49" and code != "LF421"]
        assert sorted(mistakes) == CODES.split()
        places = Counter(line.partition(": LF")[0] for line in found if ".md:" in line)
        assert set(places.values()) == {1}
        # Nor does MkDocs itself tell any of it.
        assert len([line for line in built.complaints if "leitfaden:" not in line]) == 0

    def test_a_docs_folder_below_another(self, site: Site) -> None:
        site.edit("mkdocs.yml", "docs_dir: docs\n", "docs_dir: content/pages\n")
        site.write({"content/pages/en/index.md": "# Home\n\nRead on.\n"})
        loop = site.root / "content/pages/en/loop"
        loop.symlink_to(".", target_is_directory=True)
        assert_stops_at(site.build(), "content/pages/en/loop")
        loop.unlink()
        (site.root / "content/pages/en/x.svg").symlink_to("nothing.svg")
        found = [up_to_code(line) for line in told(site.build())]
        assert sorted(found) == ["content/pages/de: LF913", "content/pages/en/x.svg: LF914"]

    def test_a_folder_that_is_a_link_is_told_once_and_ends_the_build(self, site: Site) -> None:
        site.write({**HOME, "docs/en/page.md": SOURCE, "outside/page.md": "# Outside\n"})
        (site.root / "docs/en/linked").symlink_to(site.root / "outside", target_is_directory=True)
        assert_stops_at(site.build(), "docs/en/linked")

    def test_files_that_editors_hide_are_no_pages(self, site: Site) -> None:
        site.write(HOME).write({"docs/en/.drafts/page.md": BROKEN_LINK, "docs/en/.x.md": ERROR})
        site.write({"docs/de/translations.lock": f"{HEADER}\n"})
        (site.root / "docs/en/.#index.md").symlink_to("somebody@somewhere.123")
        built = site.build("--strict")
        assert told(built) == []
        assert built.exit_code == 0

    def test_what_mkdocs_tells_of_the_pages_that_it_renders(self, site: Site) -> None:
        links = SOURCE.replace("- [c](http://[)\n", "- [i](www.example.org/x)\n")
        files = {"docs/en/more.md": "# More\n\nText.\n", "docs/assets/map.svg": "<svg/>"}
        for locale in ("en", "de"):
            files[f"docs/{locale}/page.md"] = f"---\nrenderer: mkdocs\nmood: good\n---\n\n{links}"
        built = site.write({**HOME, **files}).build()
        assert [up_to_code(line) for line in built.complaints if "leitfaden" in line] == [
            "ERROR   -  leitfaden: docs/en/page.md:3:1: LF108",
            "ERROR   -  leitfaden: docs/en/page.md:11:7: LF404",
            "WARNING -  leitfaden: docs/en/page.md:14:15: LF407",
            "WARNING -  leitfaden: docs/en/page.md:15:8: LF407",
            "WARNING -  leitfaden: docs/de/page.md:15:8: LF407",
        ]
        assert not [line for line in told(built) if code_of(line) in TOLD_BY_MKDOCS]
        theirs = [line for line in built.complaints if "leitfaden" not in line]
        for target in re.findall(r"\]\(([^)]*)\)", links):
            ours = target == "javascript:x" or "#" in target
            expected = 0 if ours else 2  # in each language
            assert len([line for line in theirs if f" link '{target}'" in line]) == expected, target

    def test_an_address_at_which_mkdocs_breaks_down(self, site: Site) -> None:
        page = "---\nrenderer: mkdocs\n---\n\n# Page\n\n[a](http://[)\n"
        built = site.write({**HOME, "docs/en/page.md": page}).build()
        assert len(about(built, "LF403")) == 1
        assert about(built, "LF403")[0].startswith("docs/en/page.md:7:5: LF403 ")

    def test_a_page_that_another_plugin_changed(self, site: Site) -> None:
        hook = """
def on_page_markdown(markdown, page, **_):
    link = "[x](nothing.md)" if page.file.src_uri in ("en/index.md", "de/index.md") else "x"
    return f"{markdown}\\n{link}\\n"
"""
        site.write({**HOME, "hook.py": hook})
        built = site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:").build("--strict")
        assert built.exit_code == 1
        assert [up_to_code(line) for line in built.complaints] == [
            "WARNING -  leitfaden: docs/en/index.md:4:5: LF401",
            "WARNING -  leitfaden: docs/de/index.md:4:5: LF401",
        ]


COUNTED = """
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from leitfaden.site import checks

report = checks.report
def counted(*arguments):
    print("checked", flush=True)
    return report(*arguments)
checks.report = counted

def build_once():
    print("builds", flush=True)
    build(load_config("mkdocs.yml"))

build_once()
page = Path("docs/en/page.md")
page.write_text("# Page\\n\\nText.\\n", encoding="utf-8")
build_once()
page.write_text("# Page\\n\\n[Nowhere](nothing.md)\\n", encoding="utf-8")
build_once()
"""
LOGGED = """
import logging
handler = logging.StreamHandler()
handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
logging.getLogger("mkdocs").addHandler(handler)
"""


def test_checks_run_once_for_all_locales_and_again_in_each_build(site: Site) -> None:
    site.write({**HOME, "docs/en/page.md": BROKEN_LINK}).locale("xx", name="Xish")
    built = site.save().run(f"{LOGGED}{COUNTED}")
    assert built.exit_code == 0, built.log
    events = [
        word
        for line in built.log.splitlines()
        for word in ("builds", "checked", "LF401")
        if line == word or f": {word} " in line
    ]
    with_finding = ["builds", "checked", "LF401"]
    assert events == [*with_finding, "builds", "checked", *with_finding]
    for url in ("", "de/", "xx/"):
        assert (built.site / url / "page/index.html").is_file()
