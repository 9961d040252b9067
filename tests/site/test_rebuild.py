"""Several builds in one process, as `mkdocs serve` makes them."""

from __future__ import annotations

from tests.site.sites import BILINGUAL, Site

TWICE = """
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

def build_once():
    config = load_config("mkdocs.yml", strict=True)
    build(config)
    return config

def files():
    return {
        path.as_posix(): path.read_bytes()
        for path in Path("site").rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }

build_once()
first = files()
Path("docs/de/new.md").write_text("# Neu\\n", encoding="utf-8")
Path("docs/en/new.md").write_text("# New\\n", encoding="utf-8")
playbook = Path("playbook.yml").read_text(encoding="utf-8")
changed = playbook.replace("navigation:", "navigation:\\n- new")
Path("playbook.yml").write_text(changed, encoding="utf-8")
build_once()
assert "New" in Path("site/index.html").read_text(encoding="utf-8")
assert "Neu" in Path("site/de/index.html").read_text(encoding="utf-8")
Path("docs/de/new.md").unlink()
Path("docs/en/new.md").unlink()
Path("playbook.yml").write_text(playbook, encoding="utf-8")
config = build_once()
third = files()
assert [name for name in first | third if first.get(name) != third.get(name)] == []
print("watched", config.watch)
"""


def test_builds_do_not_know_of_each_other(site: Site) -> None:
    baseline = {".leitfaden-baseline.json": '{"version": 1, "findings": []}'}
    built = site.write({**BILINGUAL, **baseline}).save().run(TWICE)
    assert built.exit_code == 0, built.log
    watched = next(line for line in built.log.splitlines() if line.startswith("watched"))
    assert "playbook.yml" in watched
    assert "overrides" in watched
    assert ".leitfaden-baseline.json" in watched
