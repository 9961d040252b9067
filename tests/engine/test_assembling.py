"""`leitfaden assemble` makes a site of whole, unchanged parts of one commit, of nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitfaden.cli import main
from leitfaden.engine import parts
from leitfaden.engine.parts import INPUTS, MANIFEST, PartError, Share
from tests.engine.both import files_of, leftovers

COMMIT = {name: f"{number:064x}" for number, name in enumerate(INPUTS)}
LAST = {"index.html": b"the last good site"}


class Parts:
    """Parts of a site in German and English, and a site that was good."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        write(self.site, LAST)

    def add(
        self,
        name: str,
        share: Share,
        files: Mapping[str, bytes] | None = None,
        inputs: Mapping[str, str] = COMMIT,
        locales: tuple[str, ...] = ("en", "de"),
    ) -> Path:
        """Make a part as a build does; by default it has one file."""
        folder = self.root / name
        write(folder, {f"{name}.html": name.encode()} if files is None else files)
        parts.write(folder, share, locales, inputs)
        return folder

    def both(self) -> tuple[Path, Path]:
        """Make all parts of a site."""
        return self.add("one", Share("en")), self.add("two", Share("de"))

    def says(self, folder: Path, **changes: Any) -> None:
        """Let a part say something else of itself."""
        said = json.loads((folder / MANIFEST).read_text())
        (folder / MANIFEST).write_text(json.dumps({**said, **changes}))

    def assemble(self, *folders: Path, site: Path | None = None) -> Result:
        """Run the command."""
        names = [str(folder) for folder in folders]
        return CliRunner().invoke(main, ["assemble", *names, "-d", str(site or self.site)])

    def assert_refused(self, folders: Sequence[Path], *words: str) -> None:
        """Look whether the command says these words, and leaves everything as it was."""
        before = [files_of(folder) for folder in folders if folder.is_dir()]
        done = self.assemble(*folders)
        assert done.exit_code == 1, done.output
        for word in words:
            assert word in done.output
        assert "\x1b" not in done.output
        assert files_of(self.site) == LAST
        assert leftovers(self.site) == []
        assert [files_of(folder) for folder in folders if folder.is_dir()] == before


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture
def made(tmp_path: Path) -> Parts:
    return Parts(tmp_path)


def test_all_files_of_all_parts_are_the_site(made: Parts) -> None:
    folders = (
        made.add(
            "a", Share("en", 1, 2), {"index.html": b"home", "assets/app.css": b"x" * 3_000_000}
        ),
        made.add("b", Share("en", 2, 2), {"\udcff.html": b"no UTF-8", "assets/none.txt": b""}),
        made.add("c", Share("de"), {"de/a: b/index.html": b"ja", ".well-known/x": b"y"}),
    )
    done = made.assemble(*folders)
    assert done.exit_code == 0, done.output
    assert "3 parts with 6 files" in done.output
    expected = {**files_of(folders[0]), **files_of(folders[1]), **files_of(folders[2])}
    del expected[MANIFEST]
    assert files_of(made.site) == expected
    assert leftovers(made.site) == []


def test_a_part_of_more_shards_than_pages_may_be_empty(made: Parts) -> None:
    folders = (made.add("a", Share("en", 1, 2)), made.add("b", Share("en", 2, 2), {}))
    done = made.assemble(*folders, made.add("c", Share("de")))
    assert done.exit_code == 0, done.output
    assert sorted(files_of(made.site)) == ["a.html", "c.html"]


def test_a_site_that_is_not_there_yet_is_made(made: Parts) -> None:
    target = made.root / "new" / "site"
    assert made.assemble(*made.both(), site=target).exit_code == 0
    assert sorted(files_of(target)) == ["one.html", "two.html"]


def test_files_are_new_ones_without_the_rights_of_the_old(made: Parts) -> None:
    one, two = made.both()
    (one / "one.html").chmod(0o4755)
    assert made.assemble(one, two).exit_code == 0
    assert (made.site / "one.html").stat().st_mode & 0o7111 == 0


@pytest.mark.parametrize("name", INPUTS)
def test_parts_of_something_else_are_refused_with_what_differs(made: Parts, name: str) -> None:
    other = made.add("other", Share("de"), inputs={**COMMIT, name: "f" * 64})
    made.assert_refused([made.add("one", Share("en")), other], INPUTS[name], "the same commit")


def test_parts_of_other_locales_are_refused(made: Parts) -> None:
    other = made.add("other", Share("de"), locales=("en", "de", "fr"))
    made.assert_refused([made.add("one", Share("en")), other], "no part of the same site")


def test_missing_parts_are_named_with_the_commands_that_build_them(made: Parts) -> None:
    one = made.add("one", Share("en", 2, 3))
    made.assert_refused(
        [one],
        "leitfaden build --locale en --shard 1/3\n",
        "leitfaden build --locale en --shard 3/3\n",
        "leitfaden build --locale de\n",
    )


def test_shards_without_end_are_told_at_once(made: Parts) -> None:
    one = made.add("one", Share("en", 2, 10**15))
    made.assert_refused([one, made.add("two", Share("de"))], "--shard 1/1000000", "and more")


def test_the_same_part_twice_is_refused(made: Parts) -> None:
    one, two = made.both()
    made.assert_refused([one, two, one], "is named twice")
    again = shutil.copytree(one, made.root / "again")
    made.assert_refused([one, two, again], "are the same part, en 1/1")


def test_different_numbers_of_shards_are_refused(made: Parts) -> None:
    folders = [made.add("a", Share("en", 1, 2)), made.add("b", Share("en", 2, 3))]
    made.assert_refused(folders, "one of 2 parts", "one of 3")


def test_a_file_of_two_parts_is_refused(made: Parts) -> None:
    files = {"shared.html": b"the same"}
    folders = [made.add("a", Share("en"), files), made.add("b", Share("de"), files)]
    made.assert_refused(folders, "both have the file 'shared.html'", "Rename one of them")


def test_a_file_that_is_a_folder_elsewhere_is_refused(made: Parts) -> None:
    folders = [
        made.add("a", Share("en"), {"x/y/z.html": b""}),
        made.add("b", Share("de"), {"x/y": b""}),
    ]
    made.assert_refused(folders, "'x/y'", "a folder of that name")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: (one / "one.html").write_bytes(b"eno"), "is not what it was"),
        (lambda one: (one / "one.html").write_bytes(b""), "is not what it was"),
        (lambda one: (one / "one.html").unlink(), "are missing: 'one.html'"),
        (lambda one: (one / "more.html").write_bytes(b""), "did not have when it was built"),
        (lambda one: (one / MANIFEST).unlink(), "include-hidden-files"),
        (lambda one: (one / MANIFEST).write_bytes(b"{"), "is damaged"),
        (lambda one: (one / MANIFEST).write_bytes(b"[]"), "is damaged"),
        (lambda one: (one / MANIFEST).write_bytes(b"\xff\xfe"), "is damaged"),
        (lambda one: (one / MANIFEST).write_bytes(b"[" * 200_000), "is damaged"),
        (lambda one: (one / MANIFEST).write_bytes(b"{}"), "another version of Leitfaden"),
    ],
)
def test_a_changed_part_is_refused(
    made: Parts, change: Callable[[Path], object], words: str
) -> None:
    one, two = made.both()
    change(one)
    made.assert_refused([one, two], words)
    made.assert_refused([two, one], words)


@pytest.mark.parametrize(
    "path",
    ["../out.html", "/tmp/out.html", "a/../../out.html", "a//b", "./a", "a/", "", "a\0b", MANIFEST],
)
def test_no_file_gets_out_of_the_site(made: Parts, path: str) -> None:
    one, two = made.both()
    made.says(one, files={path: "0" * 64})
    made.assert_refused([one, two], "a site cannot have")


def test_a_link_in_a_part_is_refused(made: Parts) -> None:
    secret = made.root / "secret.txt"
    secret.write_text("secret")
    one, two = made.both()
    (one / "one.html").unlink()
    (one / "one.html").symlink_to(secret)
    made.assert_refused([one, two], "is a link")


def test_a_linked_folder_in_a_part_is_refused(made: Parts) -> None:
    one, two = made.add("one", Share("en"), {"below/a.html": b"a"}), made.add("two", Share("de"))
    (one / "below").rename(made.root / "elsewhere")
    (one / "below").symlink_to(made.root / "elsewhere", target_is_directory=True)
    made.assert_refused([one, two], "is a link")


@pytest.mark.parametrize("name", ["one.html", MANIFEST])
def test_a_pipe_in_a_part_is_refused_and_nobody_waits_for_it(made: Parts, name: str) -> None:
    one, two = made.both()
    (one / name).unlink()
    os.mkfifo(one / name)
    done = made.assemble(one, two)
    assert done.exit_code == 1
    assert "no file" in done.output
    assert files_of(made.site) == LAST


def test_a_linked_manifest_is_refused(made: Parts) -> None:
    one, two = made.both()
    (one / MANIFEST).rename(made.root / "said.json")
    (one / MANIFEST).symlink_to(made.root / "said.json")
    done = made.assemble(one, two)
    assert done.exit_code == 1
    assert MANIFEST in done.output
    assert files_of(made.site) == LAST


@pytest.mark.parametrize(
    "lie",
    [
        {"locale": "fr"},
        {"locale": ["en"]},
        {"locale": "en\x1b[31m", "locales": ["en\x1b[31m", "de"]},
        {"locales": "en"},
        {"locales": ["en", "en"]},
        {"locales": None},
        {"shard": 0},
        {"shard": 2},
        {"shard": "1"},
        {"shards": -1},
        {"shards": 1.5},
        {"files": []},
        {"files": {"one.html": 1}},
        {"files": {"one.html": "x"}},
        {"inputs": None},
        {"inputs": {"pages": []}},
    ],
)
def test_what_cannot_be_true_is_refused(made: Parts, lie: dict[str, Any]) -> None:
    one, two = made.both()
    made.says(one, **lie)
    made.assert_refused([one, two], "is damaged")


def test_what_is_told_of_a_hostile_name_is_harmless(made: Parts) -> None:
    one, two = made.both()
    (one / "\x1b[2J\u202e.html").write_bytes(b"")
    made.assert_refused([one, two], "\\x1b[2J\\u202e.html")


def test_a_folder_of_parts_is_told_apart_from_a_part(made: Parts) -> None:
    made.both()
    done = made.assemble(made.root, site=made.root.with_name("elsewhere"))
    assert done.exit_code == 1
    assert "is no part but holds 2" in done.output
    made.assert_refused([made.root / "nothing"], "There is no folder")


def test_a_site_never_takes_the_place_of_its_parts(made: Parts) -> None:
    folders = made.both()
    for site in (made.root, folders[0], folders[1] / "below"):
        done = made.assemble(*folders, site=site)
        assert done.exit_code == 1
        assert "must not lie in each other" in done.output
    assert sorted(files_of(folders[0])) == [MANIFEST, "one.html"]


def test_a_full_disk_leaves_the_last_good_site(
    made: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device", "two.html")

    folders = made.both()
    monkeypatch.setattr(parts, "copy", full)
    told = f"Error: The site cannot be written to {made.site}. No space left on device: two.html\n"
    made.assert_refused(folders, told)


def test_what_a_full_disk_tells_of_a_hostile_name_is_harmless(
    made: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, target: Path, __: str) -> bool:
        raise OSError(28, "No space left on device", str(target))

    folder = made.add("one", Share("en"), {"a\u202e\x1b[2J.html": b"x"}, locales=("en",))
    monkeypatch.setattr(parts, "copy", full)
    made.assert_refused([folder], f"{made.site}/a⟨U+202E⟩⟨U+001B⟩[2J.html\n")


def test_a_part_that_says_more_than_any_site_has_is_refused(
    made: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = made.both()
    monkeypatch.setattr(parts, "_MOST_BYTES", 10)
    made.assert_refused([one, two], "is damaged")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
SAID = ("format", "inputs", "locale", "locales", "shard", "shards", "files")


@given(said=st.dictionaries(st.sampled_from(SAID), JSON), raw=st.binary() | st.none())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_whatever_a_part_says_is_believed_or_refused(
    made: Parts, said: dict[str, Any], raw: bytes | None
) -> None:
    folder = made.add("any", Share("en"))
    made.says(folder, **said)
    if raw is not None:
        (folder / MANIFEST).write_bytes(raw)
    try:
        part = parts.read(folder)
    except PartError:
        return
    assert part.share.locale in part.locales
    assert not any(path.startswith("/") or ".." in path.split("/") for path in part.files)
