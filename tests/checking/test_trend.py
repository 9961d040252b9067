"""How much was behind at the ends of earlier weeks: from git, the same at any time."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from leitfaden.checking import trend as module
from leitfaden.checking.pairs import pairs_of
from leitfaden.checking.store import Store
from leitfaden.checking.trend import ALWAYS_THE_SAME, Bounds, Trend, ends_of_weeks, trend_of
from leitfaden.reading.versions import Commit
from leitfaden.translating.history import Point
from tests.checking.test_pairs import record_all, setting
from tests.cli.repository import commit, edit, git, repository

PAGE = "docs/en/assess-move.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A playbook that was translated, and of which then more and more was behind."""
    root = repository(tmp_path / "project")
    record_all(root)
    commit(root, "2026-01-05")
    edit(root / PAGE, "every box", "each box")
    commit(root, "2026-01-14")
    edit(root / PAGE, "twelve people", "thirteen people")
    commit(root, "2026-01-15")
    edit(root / PAGE, "| 4048 |", "| 4049 | Label all boxes | O | FM | Exchange |\n| 4048 |")
    commit(root, "2026-01-29")
    return root


WEEKS = (
    Point(dt.date(2026, 1, 5), 0, 0),
    Point(dt.date(2026, 1, 15), 2, 0),
    Point(dt.date(2026, 1, 29), 2, 1),
)


def trend(root: Path, bounds: Bounds = ALWAYS_THE_SAME, store: Store | None = None) -> Trend:
    where = setting(root, store)
    return trend_of(where, pairs_of(where), bounds)


def test_each_week_with_commits_is_a_point(root: Path) -> None:
    assert trend(root) == {"de": WEEKS}


def test_what_is_not_committed_changes_no_point(root: Path) -> None:
    edit(root / PAGE, "The room", "This room")
    (root / "docs" / "de" / "translations.lock").unlink()
    assert trend(root) == {"de": WEEKS}


def test_before_there_was_a_lock_nothing_is_told(root: Path) -> None:
    days = [point.day for point in trend(root)["de"]]
    assert dt.date(2026, 1, 2) not in days


def test_weeks_are_counted_back_from_the_last_commit() -> None:
    days = ("2026-01-29", "2026-01-23", "2026-01-22", "2026-01-21", "2025-01-01", "2024-12-31")
    commits = [Commit(str(number), dt.date.fromisoformat(day)) for number, day in enumerate(days)]
    assert [one.name for one in ends_of_weeks(commits)] == ["0", "2", "4"]


def test_twelve_weeks_are_enough() -> None:
    first = dt.date(2026, 1, 29)
    commits = [Commit(str(n), first - dt.timedelta(days=7 * n)) for n in range(40)]
    assert len(ends_of_weeks(commits)) == 12
    assert ends_of_weeks(()) == []


def test_a_clock_that_was_wrong_makes_no_point_twice() -> None:
    days = ("2026-01-29", "2026-02-20", "2026-01-10", "2026-01-28")
    commits = [Commit(str(number), dt.date.fromisoformat(day)) for number, day in enumerate(days)]
    assert [one.name for one in ends_of_weeks(commits)] == ["0", "2"]


def test_what_is_too_much_is_left_out_from_the_oldest_on(root: Path) -> None:
    assert trend(root, Bounds(pairs=1)) == {"de": WEEKS[1:]}
    assert trend(root, Bounds(pairs=0)) == {"de": WEEKS[2:]}
    assert trend(root, Bounds(seconds=-1)) == {}


def test_what_was_found_is_kept(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "kept")
    first = trend(root, store=store)
    monkeypatch.setattr(module, "commits_of", None)
    assert trend(root, store=store) == first


def test_a_new_commit_costs_what_it_changes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "kept")
    trend(root, store=store)
    (root / "note.txt").write_text("Elsewhere.", "utf-8")
    commit(root, "2026-02-20")
    monkeypatch.setattr(module, "standing_of", None)
    assert trend(root, store=store) == {"de": WEEKS}


def test_what_stands_as_at_the_last_commit_is_not_looked_at_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "standing_of", None)
    assert trend(root, Bounds(pairs=0)) == {"de": WEEKS[2:]}


def test_a_damaged_store_does_no_harm(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    trend(root, store=Store(folder))
    for file in folder.glob("trend*"):
        file.write_bytes(b"no data")
    assert trend(root, store=Store(folder)) == {"de": WEEKS}


def test_a_lock_of_many_pages_is_read(root: Path) -> None:
    lock = root / "docs" / "de" / "translations.lock"
    line = "other{0} section:overview:p1 {1} {1}\n"
    more = "".join(line.format(number, "a" * 12) for number in range(45_000))
    lock.write_text(lock.read_text("utf-8") + more, "utf-8")
    assert lock.stat().st_size > 2_000_000
    commit(root, "2026-01-30")
    assert trend(root)["de"][-1] == Point(dt.date(2026, 1, 30), 2, 1)


def test_without_git_or_without_its_past_there_is_none(root: Path, tmp_path: Path) -> None:
    there = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), str(there))
    assert trend(there) == {}
    shutil.rmtree(root / ".git")
    assert trend(root) == {}


def test_what_comes_in_by_a_merge_counts_from_then_on(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "work", "HEAD~1")
    edit(root / "docs" / "en" / "index.md", "Welcome", "Be welcome")
    commit(root, "2026-01-20")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "work", day="2026-02-06")
    assert trend(root)["de"][-2:] == (WEEKS[2], Point(dt.date(2026, 2, 6), 3, 1))
