from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.bench_build import Size, made_of
from scripts.bench_others import OTHERS, STARLIGHT, Missing
from scripts.bench_same import differences
from scripts.bench_scale import TARGET, Measured, _extrapolate
from scripts.bench_sites import CORPUS, ManyPages
from scripts.measuring import Command, CommandError, Spent, memory_of, spent_by, spread
from scripts.progress import Progress


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    command = Command([sys.executable, "-c", "import sys; sys.exit('no such page')"], tmp_path)
    with pytest.raises(CommandError, match="ended with 1:\nno such page"):
        spent_by([command])


def test_what_commands_took_is_that_of_all_of_them(tmp_path: Path) -> None:
    work = [sys.executable, "-c", "sum(range(2_000_000))"]
    once, twice = (spent_by([Command(work, tmp_path)] * times) for times in (1, 2))
    assert 0 < once.cpu < twice.cpu
    assert twice.wall > 0


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells it")
def test_memory_counts_that_of_children(tmp_path: Path) -> None:
    child = "import time; kept = bytearray(40_000_000); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert memory_of([Command([sys.executable, "-c", parent], tmp_path)]) > 40_000_000


def test_a_spread_is_the_median_with_both_ends() -> None:
    assert spread([3, 1, 2]) == "2.00 (1.00-3.00)"


def test_nothing_is_shown_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(1).step("anything"):
        pass
    assert capsys.readouterr() == ("", "")


def test_each_difference_of_two_folders_is_told(tmp_path: Path) -> None:
    texts = {"one": {"same": "x", "below/other": "1", "only": ""}, "two": {"same": "x"}}
    texts["two"] |= {"below/other": "2", "more": ""}
    for folder, files in texts.items():
        for name, text in files.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(text)
    found = list(differences(tmp_path / "one", tmp_path / "two"))
    assert found == ["below/other", "more", "only"]


@pytest.mark.parametrize("name", OTHERS)
def test_a_program_that_is_not_there_is_told_with_what_brings_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(STARLIGHT, raising=False)
    with pytest.raises(Missing, match="install"):
        OTHERS[name](ManyPages(3, 1), tmp_path / name)


def test_more_machines_do_not_take_away_what_each_of_them_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def measured(pages: int) -> Measured:
        alone = Spent(0, pages * 0.6)
        part = Spent(0, alone.cpu + pages * 6)
        return Measured(Size(pages, 1), alone, [part], Spent(0, 0), 10**6 * pages, pages)

    _extrapolate(measured(100), measured(200))
    told = capsys.readouterr().out
    minutes = TARGET * 0.6 / 60
    assert f"needs {minutes:.1f} minutes before it makes a page, and {TARGET / 1000:.1f} GB" in told
    rows = [line.split() for line in told.splitlines() if line.strip()[:1].isdigit()][1:]
    assert rows[0][:3] == ["1", f"{11 * minutes:.1f}", f"{11 * minutes:.1f}"]
    assert rows[3][:3] == ["10", f"{2 * minutes:.1f}", f"{20 * minutes:.1f}"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_the_corpus_is_a_site_of_any_number_of_pages_and_locales(tmp_path: Path) -> None:
    many = made_of(tmp_path, Size(80, 3), corpus=True)
    assert many is not None
    many.write(tmp_path / "made")
    for locale in many.keys:
        # Some pages are in German only, and have no copy elsewhere.
        assert 75 <= len(list((tmp_path / "made" / "docs" / locale).rglob("*.md"))) <= 80
    many.write_plain(tmp_path / "plain", [])
    assert "nav:" in (tmp_path / "plain" / "mkdocs.yml").read_text("utf-8")
