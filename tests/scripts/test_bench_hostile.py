"""What `bench hostile` notices while it kills builds."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from scripts.bench_hostile import _Reader, prints_of


def site(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text)
    return folder


def looked_at_for(reader: _Reader, looks: int) -> None:
    """Wait until the reader has looked some more times."""
    enough = reader.looks + looks
    while reader.looks < enough:
        time.sleep(0.001)


def test_a_whole_site_is_fine_whichever_it_is(tmp_path: Path) -> None:
    one, other = (prints_of(site(tmp_path / name, name)) for name in ("one", "other"))
    reader = _Reader(site(tmp_path / "site", "one"), (one, other), Random(1))
    with reader.reading():
        looked_at_for(reader, 30)
        site(tmp_path / "new", "other")
        (tmp_path / "new" / "index.html").replace(tmp_path / "site" / "index.html")
        looked_at_for(reader, 30)
    assert (reader.gone, reader.wrong) == (0, [])


def test_a_moment_without_a_site_is_noticed(tmp_path: Path) -> None:
    there = site(tmp_path / "site", "one")
    reader = _Reader(there, (prints_of(there), prints_of(there)), Random(1))
    with reader.reading():
        there.rename(tmp_path / "elsewhere")
        looked_at_for(reader, 3)
        (tmp_path / "elsewhere").rename(there)
        looked_at_for(reader, 3)
    assert reader.gone > 0
    assert "the home page was gone" in reader.wrong[-1]


def test_a_file_of_neither_site_is_noticed(tmp_path: Path) -> None:
    there = site(tmp_path / "site", "one")
    reader = _Reader(there, (prints_of(there), {"index.html": b"other"}), Random(1))
    site(there, "half a p")
    with reader.reading():
        looked_at_for(reader, 25)
    assert reader.wrong == ["index.html was in neither site"]
