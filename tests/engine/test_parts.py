"""A site built in parts is the site that one build makes, byte for byte, and tells the same."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from leitfaden.engine import parts
from leitfaden.engine.parts import INPUTS, MANIFEST, Share
from tests.engine.both import Made, differences, files_of, leftovers
from tests.site import forks
from tests.site.sites import QUIET, Site
from tests.site.test_redirects import PAGES as MOVED

# Warnings of the checks, of pages as they are made, and of old addresses.
FAULTY: dict[str, str | bytes] = {
    **MOVED,
    "docs/en/one.md": "---\nrenderer: mkdocs\n---\n\n# One\n\n[x](index.md#no) [y](gone.md)\n",
    "docs/en/two.md": "# Two\n\n[1](one.md#nowhere) [2](gone.md) [3](tasks/index.md#not-there)\n",
    "docs/de/one.md": "---\nrenderer: mkdocs\n---\n\n# Eins\n\n[x](index.md#nein)\n",
    "docs/de/two.md": "# Zwei\n\n[Eins](one.md#nirgends)\n",
}
SPARE = {"docs/en/index.md": "# Home\n", "docs/de/index.md": "# Start\n"}


def run(program: str, root: Path, *words: str, site_url: str = "") -> tuple[int, str]:
    """Run a program in a project."""
    env = {**os.environ, **QUIET, **({"SITE_URL": site_url} if site_url else {})}
    return forks.build(words, root, env, program)


def whole(root: Path, program: str, *options: str) -> Made:
    """Build all of a site."""
    target = root / f"by-{program}"
    code, log = run(program, root, "build", "--site-dir", str(target), *options)
    return Made(code, log, files_of(target))


def part(root: Path, share: Share, *options: str, site_url: str = "") -> Made:
    """Build a part of a site."""
    target = root / "parts" / str(share).replace(" ", "-").replace("/", "-")
    chosen = ["--locale", share.locale, "--shard", f"{share.number}/{share.count}"]
    words = ["build", "--site-dir", str(target), *chosen, *options]
    code, log = run("leitfaden", root, *words, site_url=site_url)
    assert leftovers(target) == []
    return Made(code, log, files_of(target))


def shares(**counts: int) -> Iterator[Share]:
    """Yield as many shares of each locale."""
    for locale, count in counts.items():
        yield from (Share(locale, number, count) for number in range(1, count + 1))


def assembled(root: Path) -> Made:
    """Put the parts of a site together."""
    folders = sorted(map(str, (root / "parts").iterdir()))
    code, log = run("leitfaden", root, "assemble", *folders, "-d", str(root / "site"))
    return Made(code, log, files_of(root / "site"))


def findings(logs: Sequence[str]) -> set[str]:
    """Return what was found wrong."""
    return {line for log in logs for line in log.splitlines() if " LF" in line}


def test_parts_of_three_locales_are_the_whole(tmp_path: Path) -> None:
    site = Site(tmp_path)  # with all words, so that there are enough pages of each kind to share
    site.write({**FAULTY, "docs/en/old/index.html": "<p>Copied</p>", "docs/shared.txt": "x"})
    site.locale("fr").save()
    made = [part(site.root, one) for one in shares(en=2, fr=1)]
    # Another machine has the project elsewhere.
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(site.root, elsewhere, ignore=shutil.ignore_patterns("elsewhere", "parts"))
    for share in shares(de=2):
        made.append(part(elsewhere, share))
    for folder in (elsewhere / "parts").iterdir():
        shutil.move(folder, site.root / "parts")
    plain, one = whole(site.root, "mkdocs"), assembled(site.root)
    assert one.exit_code == 0, one.log
    assert len(one.files) > 300
    assert differences(plain.files, one.files) == []
    assert findings([one.log for one in made]) == findings([plain.log])
    assert_balanced(*made[:2])


def assert_balanced(one: Made, other: Made) -> None:
    """Look whether two shares have about as many pages of each kind."""
    counts = [
        Counter(name.partition("/")[0] for name in made.files if name.endswith("index.html"))
        for made in (one, other)
    ]
    assert counts[0]["tasks"] + counts[0]["roles"] + counts[0]["services"] > 10
    for kind in ("tasks", "roles", "services", "print"):
        assert abs(counts[0][kind] - counts[1][kind]) <= 2, kind


def test_pages_without_folders_of_their_own_are_the_same(site: Site) -> None:
    site.write(FAULTY).save()
    site.edit("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    for share in shares(en=1, de=1):
        part(site.root, share)
    one = assembled(site.root)
    assert "de/assess-it.html" in one.files
    assert differences(whole(site.root, "mkdocs").files, one.files) == []


def test_each_part_tells_what_checks_find_and_fails_as_the_whole(site: Site) -> None:
    site.write(FAULTY).save()
    plain = whole(site.root, "leitfaden", "--strict")
    assert plain.exit_code == 1
    made = part(site.root, Share("de", 2, 2), "--strict")
    assert made.exit_code == 1
    assert made.files == {}
    assert "docs/en/two.md:3:25: LF401" in made.log  # of the other locale
    assert findings([made.log]) <= findings([plain.log])


def test_a_page_that_cannot_be_made_fails_the_part_that_makes_it(site: Site) -> None:
    site.write(SPARE).save()
    site.write({"overrides/views/status.html": "{{ nobody.knows }}"})
    made = [part(site.root, share) for share in shares(en=2)]
    assert sorted(one.exit_code for one in made) == [0, 1]
    failed = next(one for one in made if one.exit_code)
    assert "status.html" in failed.log
    assert failed.files == {}


def test_whatever_makes_another_site_makes_another_part(site: Site) -> None:
    site.write(SPARE).save()
    beyond = Share("de", 99_999, 100_000)  # has no pages

    def said(site_url: str = "") -> dict[str, str]:
        made = part(site.root, beyond, site_url=site_url)
        assert list(made.files) == [MANIFEST], made.log
        found = json.loads(made.files[MANIFEST])
        assert found["files"] == {}
        return dict(found["inputs"])

    before = said()
    contract = (site.root / "playbook.yml").read_text("utf-8")
    site.write({"docs/en/image.png": "new", "overrides/partials/own.html": "new"})
    site.write({"playbook.yml": f"{contract}# A comment\n"})
    after = said(site_url="https://other.example/")
    changed = {key for key in INPUTS if before[key] != after[key]}
    # Who changes Leitfaden while its tests run, changes what it is built with, too.
    assert changed - {"programs"} == {"pages", "templates", "contract", "configuration"}


HOOK = """\
parallel_pages = True

def on_page_content(html, page, **kwargs):
    return html
"""


def test_a_plugin_that_nobody_knows_is_named(site: Site) -> None:
    site.write({**SPARE, "hook.py": HOOK}).save()
    site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    made = part(site.root, Share("en"))
    assert made.exit_code == 2
    assert "`hook.py` may do something to pages that needs all of them" in made.log
    assert "Build all of it with `leitfaden build`" in made.log


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--locale", "ed"], "no locale 'ed'. Did you mean `de`?"),
        (["--locale", "xyz"], "There are: `en`, `de`."),
        (["--shard", "1/2"], "name it with --locale"),
        (["--locale", "de", "--shard", "3/2"], "--shard is '3/2'"),
        (["--locale", "de", "--shard", "0/2"], "--shard is '0/2'"),
        (["--locale", "de", "--shard", "half"], "such as 1/4"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(
    site: Site, words: list[str], told: str
) -> None:
    site.write(SPARE).save()
    code, log = run("leitfaden", site.root, "build", *words)
    assert code == 2
    assert told in log
    assert not (site.root / "site").exists()


def test_a_whole_site_in_the_place_of_a_part_is_no_part(site: Site) -> None:
    site.write({**SPARE, "site/.keep": ""}).save()
    code, _ = run("leitfaden", site.root, "build", "--locale", "de")
    assert (code, parts.read(site.root / "site").share) == (0, Share("de", 1, 1))
    names = files_of(site.root / "site")
    assert "de/index.html" in names
    assert not any(name.startswith(("index", "sitemap", "assets")) for name in names)
    code, _ = run("leitfaden", site.root, "build")
    assert (code, (site.root / "site" / MANIFEST).exists()) == (0, False)
    assert (site.root / "site" / ".keep").exists()
