"""The parts of a contract that bound what others may put into the docs folder."""

from __future__ import annotations

from dataclasses import dataclass

_KILO, _MEGA, _GIGA = 1_000, 1_000_000, 1_000_000_000
UNITS = {"KB": _KILO, "MB": _MEGA, "GB": _GIGA}

IMAGES = ("avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp")
# What a browser shows or saves and never runs as a page of the site. Left out on purpose: all that
# could run a script at the site's address (html, js, xml, …), and what changes the site's looks.
ENDINGS = (
    *("md", *IMAGES),
    *(
        "csv",
        "drawio",
        "ics",
        "json",
        "lock",
        "log",
        "pdf",
        "toml",
        "tsv",
        "txt",
        "vsdx",
        "yaml",
        "yml",
    ),
    *("docx", "dotx", "odp", "ods", "odt", "potx", "ppsx", "pptx", "rtf", "xlsx", "xltx"),
    *("7z", "gz", "tar", "zip"),
    *("m4a", "mp3", "mp4", "oga", "ogg", "ogv", "srt", "vtt", "wav", "webm"),
)


@dataclass(frozen=True, slots=True)
class FileKinds:
    """Which files of the docs folder are published.

    Args:
        endings: What their names may end in, without the dot and in lower case.
        also: Further endings, or whole names such as `CNAME`.
    """

    endings: tuple[str, ...] = ENDINGS
    also: tuple[str, ...] = ()

    def allows(self, name: str) -> bool:
        """Tell whether a file of this name, without its folders, is published."""
        ending = ending_of(name)
        return name in self.also or (bool(ending) and ending in (*self.endings, *self.also))


def ending_of(name: str) -> str:
    """Return what a file's name ends in, without the dot and in lower case; empty for nothing."""
    return name.rpartition(".")[2].lower() if "." in name else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a playbook may hold, far above what people write.

    Of the corpus (160 pages) the greatest: page 39 KB, image 550 KB, all files 5.6 MB, 198 files,
    folders in folders 3, lines 489, characters of a line 1,080, headings 42; no definition.

    Args:
        image: Bytes of an image.
        file: Bytes of any other file that is no page. (A page has at most 2 MB.)
        site: Bytes of all files together.
        files: Files in all.
        depth: Folders within folders.
        lines: Lines of a page.
        line: Characters of a line.
        headings: Headings of a page.
        definitions: Definitions of links and footnotes of a page.
        minutes: Of a whole build.
        memory: Bytes that each process of a build may take; None for as many as there are.
    """

    image: int = 20 * _MEGA
    file: int = 100 * _MEGA
    site: int = _GIGA
    files: int = 100_000
    depth: int = 20
    lines: int = 50_000
    line: int = 200_000
    headings: int = 5_000
    definitions: int = 10_000
    minutes: int = 60
    memory: int | None = None
