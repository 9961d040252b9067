"""Whose work is in the site and in the program: `python3 scripts/dev.py licences` writes the list.

What the site ships is read off the theme that is installed, by its source maps and its notices;
what the program needs off `requirements.lock` and the packages' own metadata. A part of which no
licence is known is an error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "LICENSES.md"

# What the theme's bundles are made of, by the names in their source maps. The maps tell no licence.
BUNDLED = {
    "clipboard": ("MIT", "Zeno Rocha"),
    "escape-html": ("MIT", "TJ Holowaychuk, Andreas Lubbe, Timothy Gu"),
    "focus-visible": ("W3C-20150513", "World Wide Web Consortium"),
    "lunr": ("MIT", "Oliver Nightingale"),
    "material-design-color": ("MIT", "Material Design Color contributors"),
    "rxjs": ("Apache-2.0", "Google, Inc., Netflix, Inc., Microsoft Corp. and contributors"),
    "tslib": ("0BSD", "Microsoft Corporation"),
}
# Files that the theme copies as they are, by their folder or name below its assets.
COPIED = {
    "javascripts/lunr/min": ("lunr-languages", "MPL-1.1", "Mihai Valentin and contributors"),
    "javascripts/lunr/tinyseg.js": ("TinySegmenter", "BSD-3-Clause", "Taku Kudo"),
    "javascripts/lunr/wordcut.js": ("wordcut", "LGPL", "Vee Satayamas"),
}
# Folders of icons; pages hold the drawings of those that they show.
ICONS = {
    "fontawesome": ("Font Awesome Free", "CC-BY-4.0", "Fonticons, Inc."),
    "material": ("Material Design Icons", "Apache-2.0", "Pictogrammers and Google"),
    "octicons": ("Octicons", "MIT", "GitHub, Inc."),
    "simple": ("Simple Icons", "CC0-1.0", "Simple Icons contributors"),
}
# Packages whose metadata name no licence, or only a vague one.
KNOWN = {
    "colorama": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pyromark": "MIT",
}
_SAME = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_CLASSIFIER = "License :: OSI Approved :: "
_MODULE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")


class UnknownLicenceError(Exception):
    """A part of which no licence is known."""


class Part(NamedTuple):
    """A part of somebody.

    Args:
        name: What it is called.
        licence: Its licence.
        whose: Whose it is, or its versions.
    """

    name: str
    licence: str
    whose: str


def bundled(assets: Path) -> list[Part]:
    """Return what the theme's bundles hold.

    Args:
        assets: The theme's folder of assets.

    Raises:
        UnknownLicenceError: A bundle holds something that we do not know.
    """
    names: set[str] = set()
    for file in sorted(assets.rglob("*.map")):
        sources: list[str] = json.loads(file.read_text("utf-8"))["sources"]
        names.update(found[1] for source in sources if (found := _MODULE.search(source)))
    unknown = names - BUNDLED.keys()
    if unknown:
        raise UnknownLicenceError(
            f"the theme bundles {', '.join(sorted(unknown))}:"
            " add the licence in scripts/licences.py"
        )
    return [Part(name, *BUNDLED[name]) for name in sorted(names)]


def copied(assets: Path) -> list[Part]:
    """Return what the theme copies besides its bundles.

    Args:
        assets: The theme's folder of assets.

    Raises:
        UnknownLicenceError: There is something that we do not know.
    """
    found = {}
    for file in sorted((assets / "javascripts").rglob("*.js")):
        name = file.relative_to(assets).as_posix()
        if file.with_name(f"{file.name}.map").exists():
            continue  # a bundle
        place = next((key for key in COPIED if name == key or name.startswith(f"{key}/")), None)
        if place is None:
            raise UnknownLicenceError(
                f"the theme copies {name}: add the licence in scripts/licences.py"
            )
        found[place] = Part(*COPIED[place])
    return list(found.values())


def icons(folder: Path) -> list[Part]:
    """Return the sets of icons that the theme has.

    Args:
        folder: The theme's folder of icons.

    Raises:
        UnknownLicenceError: There is a set that we do not know.
    """
    sets = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    unknown = set(sets) - ICONS.keys()
    if unknown:
        raise UnknownLicenceError(
            f"the theme has icons of {', '.join(sorted(unknown))}:"
            " add the licence in scripts/licences.py"
        )
    return [Part(*ICONS[name]) for name in sets]


def packages(lock: str) -> Iterator[Part]:
    """Yield the packages that the program needs when it runs.

    Args:
        lock: The lock's text.

    Raises:
        UnknownLicenceError: The licence of one is not known, or it is not installed.
    """
    from scripts.lockfile import entries_of, needed

    versions: dict[str, list[str]] = {}
    for entry in needed(entries_of(lock)):
        versions.setdefault(entry.name, []).append(entry.version)
    for name in sorted(versions):
        yield Part(name, licence_of(name), ", ".join(versions[name]))


def licence_of(package: str) -> str:
    """Return the licence of a package that is installed, by its metadata.

    Args:
        package: The package.

    Raises:
        UnknownLicenceError: It is not known.
    """
    if package in KNOWN:
        return KNOWN[package]
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        raise UnknownLicenceError(f"{package} is in the lock, but not installed") from None
    told = about.get_all("License-Expression") or about.get_all("License") or [""]
    short = str(told[0])
    if not short or "\n" in short or short == "UNKNOWN":
        classes = map(str, about.get_all("Classifier") or [])
        named = [one.removeprefix(_CLASSIFIER) for one in classes if one.startswith(_CLASSIFIER)]
        short = " AND ".join(sorted(_SAME.get(one, one) for one in named))
    if not short:
        raise UnknownLicenceError(
            f"{package} does not say its licence: look it up, and add it in scripts/licences.py"
        )
    return _SAME.get(short, short)


def written() -> str:
    """Return the list.

    Raises:
        UnknownLicenceError: A licence is not known.
    """
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        raise UnknownLicenceError("the theme is not installed")
    theme = Path(spec.origin).parent / "templates"
    assets = theme / "assets"
    site = [
        Part("Leitfaden", "MIT", "the Leitfaden authors"),
        Part("Material for MkDocs", licence_of("mkdocs-material"), "Martin Donath"),
        *bundled(assets),
        *copied(assets),
    ]
    lines = [
        "# Licences",
        "",
        "Written by `python3 scripts/dev.py licences`; a test keeps it true.",
        "",
        "## What a built site ships",
        "",
        "Scripts and styles of ours and of the theme. There are no fonts, and nothing is fetched"
        " from elsewhere.",
        "",
        *_table(("Part", "Licence", "Whose"), site),
        "",
        "Pages hold the drawings of the icons that they show, of these sets:",
        "",
        *_table(("Set", "Licence", "Whose"), icons(theme / ".icons")),
        "",
        "The theme's files carry the notices that their authors put there. Its language files for"
        " lunr come with it, and no page of ours loads them. The texts of the licences are those"
        " that [SPDX](https://spdx.org/licenses/) has under their names; ours is in"
        " [LICENSE](LICENSE).",
        "",
        "## What the program needs",
        "",
        "Installed beside it, from `requirements.lock`; nothing of it is copied into the program."
        " Each brings the text of its licence.",
        "",
        *_table(
            ("Package", "Licence", "Version"),
            packages((ROOT / "requirements.lock").read_text("utf-8")),
        ),
    ]
    return "\n".join(lines) + "\n"


def _table(heads: tuple[str, str, str], parts: Iterable[Part]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "| --- | --- | --- |"
    yield from (f"| {' | '.join(part)} |" for part in parts)


def main() -> int:
    """Write the list, or tell whether it is true."""
    parser = argparse.ArgumentParser(prog="dev.py licences", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether it is true")
    options = parser.parse_args()
    try:
        text = written()
    except UnknownLicenceError as error:
        print(f"licences: {error}", file=sys.stderr)
        return 1
    if options.check:
        is_true = LIST.is_file() and LIST.read_text("utf-8") == text
        if not is_true:
            print(f"licences: {LIST.name} is not true, `dev.py licences` writes it anew")
        return 0 if is_true else 1
    LIST.write_text(text, "utf-8")
    print(f"licences: {LIST.name} is written")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # as a script, this file does not know its neighbours
    sys.exit(main())
