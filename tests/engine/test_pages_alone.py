"""Where only plugins that we know work on pages, each is made without the contents of the others.

Nobody sees that: not in the files, not in what is told, whatever a template shows of other pages.
"""

from __future__ import annotations

import pytest

from tests.engine.both import LEITFADEN, built_by, leftovers
from tests.engine.test_identity import assert_same, both
from tests.site.sites import BILINGUAL, Site

BEGINNING = '{% extends "base.html" %}\n'
SHOWS_OTHERS = """\
{% block footer %}
  {% for file in pages if file.page %}
    <p>{{ file.page.title }}: {{ file.page.content | length }} {{ file.page.toc | list | length }}
    {{ file.page.meta.description }} {{ file.page.present_anchor_ids | sort }}
    {{ file.page.markdown | length }}</p>
  {% endfor %}
{% endblock %}
"""
KILLS = """\
import os, signal
from mkdocs import utils

WRITES = utils.write_file

def on_config(config):
    utils.write_file = kill

def kill(content, path):
    if path.endswith("de/assess-it/index.html"):
        os.kill(os.getpid(), signal.SIGKILL)
    WRITES(content, path)
"""


@pytest.mark.parametrize("jobs", [2, 3])
def test_templates_see_the_contents_of_other_pages(site: Site, jobs: int) -> None:
    site.write(BILINGUAL).edit("overrides/main.html", BEGINNING, f"{BEGINNING}{SHOWS_OTHERS}")
    plain, made = both(site, jobs=jobs)
    assert plain.exit_code == 0, plain.log
    last, first = plain.files["de/unlisted/index.html"], plain.files["de/index.html"]
    assert b"<p>Willkommen: " in last
    assert b"<p>Nicht in der Navigation: " in first
    assert_same(plain, made)


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_template_that_fails_for_a_page_is_told_behind_all_contents(
    site: Site, jobs: int
) -> None:
    number = "{{ page.file.src_uri[9] + 1 if page }}"
    fails = f"{BEGINNING}{{% block footer %}}{number}{{% endblock %}}"
    page = "# One\n\n[Gone](gone.md) [finder](tasks/index.md#not-there)\n"
    site.write({**BILINGUAL, "docs/en/zz.md": page}).edit("overrides/main.html", BEGINNING, fails)
    plain, made = both(site, jobs=jobs)
    assert made.exit_code == 1
    assert "Error building page" in made.log
    # Where the error came from is told for each of the processes that it went through.
    assert made.log.split("Traceback")[0] == plain.log.split("Traceback")[0]


def test_old_anchors_of_pages_that_have_moved_lead_to_the_new_ones(site: Site) -> None:
    moved = "before:\n  page: assess-it\n  anchors: {was: next-steps, gone: nowhere}\n"
    site.write({**BILINGUAL, "docs/de/redirects.yml": moved, "docs/en/redirects.yml": moved})
    plain, made = both(site)
    assert b"next-steps" in made.files["before/index.html"]
    assert_same(plain, made)


def test_a_killed_process_is_told_and_nothing_else_changes(site: Site) -> None:
    site.write({**BILINGUAL, "hook.py": KILLS, "site/index.html": b"the last good site"}).save()
    site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    made = built_by(LEITFADEN, site.root, site.root / "site", "--jobs", "3")
    assert made.exit_code == 1
    assert "ERROR   -  A process of the build was ended by signal 9 (Killed)" in made.log
    assert made.files == {"index.html": b"the last good site"}
    assert leftovers(site.root / "site") == []
