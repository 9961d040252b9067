"""The list of licences is what is shipped and installed, and a part without one is an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import licences


def test_the_list_is_true() -> None:
    assert licences.LIST.read_text("utf-8") == licences.written()


def test_every_part_has_a_licence() -> None:
    rows = [line for line in licences.written().splitlines() if line.startswith("| ")]
    assert len(rows) > 50
    assert all(len(row.split(" | ")) == 3 and " |  | " not in row for row in rows)


def test_a_part_of_the_theme_that_is_new_is_an_error(tmp_path: Path) -> None:
    sources = ["../node_modules/rxjs/index.js", "../node_modules/@new/thing/index.js", "src/a.ts"]
    (tmp_path / "bundle.js.map").write_text(json.dumps({"sources": sources}))
    with pytest.raises(licences.UnknownLicenceError, match="@new/thing: add the licence"):
        licences.bundled(tmp_path)


def test_a_file_of_the_theme_that_is_new_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "javascripts"
    folder.mkdir()
    (folder / "bundle.js").touch()
    (folder / "bundle.js.map").touch()
    assert licences.copied(tmp_path) == []
    (folder / "other.js").touch()
    with pytest.raises(licences.UnknownLicenceError, match=r"javascripts/other\.js"):
        licences.copied(tmp_path)


def test_icons_that_are_new_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "emoji").mkdir()
    with pytest.raises(licences.UnknownLicenceError, match="icons of emoji"):
        licences.icons(tmp_path)


def test_a_package_that_does_not_say_its_licence_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(licences.UnknownLicenceError, match="not installed"):
        licences.licence_of("no-such-package")
    monkeypatch.setattr(licences, "KNOWN", {})
    with pytest.raises(licences.UnknownLicenceError, match="look it up"):
        licences.licence_of("pyromark")
