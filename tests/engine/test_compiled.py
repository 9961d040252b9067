"""Templates are compiled once, and nobody else's code is taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from leitfaden.engine.compiled import kept_compiled
from leitfaden.engine.manifest import Known
from leitfaden.engine.sealed import Seal
from leitfaden.site.lean import Compiled

OURS, THEIRS = Seal(bytes(32)), Seal(bytes(31) + b"x")


def known(folder: Path, seal: Seal = OURS) -> Known:
    return Known(folder / "mkdocs.yml", {}, seal)


def rendered(text: str, where: Known | None, **options: bool) -> tuple[str, int]:
    """Return what a template shows, and how many templates were known before."""
    env = Environment(loader=DictLoader({"one.html": text}), **options)  # type: ignore[arg-type]
    compiled = Compiled()
    with kept_compiled(env, compiled, where):
        before = len(compiled.known)
        shown = env.get_template("one.html").render()
    return shown, before


def test_the_next_build_need_not_compile(tmp_path: Path) -> None:
    assert rendered("{{ 1 + 1 }}", known(tmp_path)) == ("2", 0)
    assert rendered("{{ 1 + 1 }}", known(tmp_path)) == ("2", 1)


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    rendered("{{ 1 + 1 }}", known(tmp_path))
    assert rendered("{{ 1 + 2 }}", known(tmp_path))[0] == "3"


def test_another_environment_has_its_own(tmp_path: Path) -> None:
    text = "{% if true %}\n x\n{% endif %}\n"
    assert rendered(text, known(tmp_path)) == ("\n x\n", 0)
    assert rendered(text, known(tmp_path), trim_blocks=True) == (" x\n", 0)


@pytest.mark.parametrize("seal", [OURS, THEIRS])
def test_what_is_damaged_or_another_ones_is_not_believed(tmp_path: Path, seal: Seal) -> None:
    rendered("{{ 1 + 1 }}", known(tmp_path, seal))
    (file,) = (tmp_path / ".cache" / "leitfaden").iterdir()
    if seal is OURS:
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert rendered("{{ 1 + 1 }}", known(tmp_path)) == ("2", 0)


def test_nothing_is_kept_where_nothing_can_be(tmp_path: Path) -> None:
    assert rendered("{{ 1 + 1 }}", None) == ("2", 0)
    (tmp_path / ".cache").write_text("no folder")
    assert rendered("{{ 1 + 1 }}", known(tmp_path)) == ("2", 0)
