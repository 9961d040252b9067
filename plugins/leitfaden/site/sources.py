"""Which files below docs/ are published, and under which names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import markdown_extensions

from leitfaden.checking.around import found_stray
from leitfaden.checking.outside import told_outside
from leitfaden.checking.places import Places
from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Page, Place, Playbook, Severity
from leitfaden.reading.inventory import Stray, redirects_of
from leitfaden.site import i18n, mkdocspages
from leitfaden.site.parity import lock_of


def by_uri(playbook: Playbook) -> dict[str, Page]:
    """Return all pages by the source path that pairs them, whatever their files are called."""
    return {uri_of(page): page for page in playbook}


_THEMES = "assets/"  # where all files of the theme are that it publishes


def uri_of(page: Page) -> str:
    """Return the path below docs/ under which MkDocs knows a page."""
    return f"{page.locale}/{page.id}.md"


def is_ours(page: Page) -> bool:
    """Tell whether our renderer renders the page; `renderer: mkdocs` leaves it to MkDocs."""
    return not page.is_by_mkdocs


def arrange(
    files: Files,
    config: MkDocsConfig,
    contract: Contract,
    pages: Mapping[str, Page],
    problems: Problems,
) -> list[Diagnostic]:
    """Leave in `files` what is published, named as static-i18n pairs it.

    Args:
        files: All files that MkDocs found; those of the theme and of other plugins stay.
        config: MkDocs' configuration.
        contract: Says which locales there are.
        pages: The pages by their real path below docs/.
        problems: Why files are not published; is asked for each locale.

    Returns:
        What is left out although its writer may expect it on the site.
    """
    diagnostics: dict[Diagnostic, None] = {}
    renamed: list[File] = []
    unpublished = {
        path for locale in contract.locale_keys for path in (redirects_of(locale), lock_of(locale))
    }
    for file in tuple(files):
        if file.src_dir != config.docs_dir:
            continue
        problem = problems.of(file, config, contract)
        page = pages.get(file.src_uri)
        is_page = file.is_documentation_page()
        if problem or file.src_uri in unpublished or (page is None and is_page):
            files.remove(file)
            if problem:
                _let_theme_back(file.src_uri, files, config)
            told = page is not None and not page.is_readable
            if problem and not told and file.inclusion.is_included():  # type: ignore[no-untyped-call]
                diagnostics[problem] = None
        elif page and uri_of(page) != file.src_uri:
            files.remove(file)
            renamed.append(_renamed(file, uri_of(page), config))
    for file in renamed:
        files.append(file)
    return list(diagnostics)


def _let_theme_back(path: str, files: Files, config: MkDocsConfig) -> None:
    """Publish the theme's own file in whose place a refused one stood: MkDocs left it out."""
    for folder in config.theme.dirs if path.startswith(_THEMES) else ():
        if os.path.isfile(os.path.join(folder, path)):  # noqa: PTH113, PTH118
            files.append(File(path, folder, config.site_dir, config.use_directory_urls))
            return


class Problems:
    """Tells why files are not published, and looks at each but once.

    Args:
        refusal: Why the gate lets a file not through, by its path below the docs folder; None for
            one that it lets through.
    """

    def __init__(self, refusal: Callable[[str], Stray | None] = lambda _: None) -> None:
        self._refusal = refusal
        self._known: dict[tuple[str, str | None], Diagnostic | None] = {}

    def of(self, file: File, config: MkDocsConfig, contract: Contract) -> Diagnostic | None:
        """Return why a file is not published, or None if it is.

        Args:
            file: The file, as MkDocs found it.
            config: MkDocs' configuration.
            contract: Says which locales there are.
        """
        key = (file.src_uri, file.abs_src_path)
        if key not in self._known:
            stray = self._refusal(file.src_uri)
            self._known[key] = refused(stray) if stray else _problem(file, config, contract)
        return self._known[key]


def real_uris(playbook: Playbook, config: MkDocsConfig, root: Path) -> dict[str, Page]:
    """Return all pages by their real path below docs/."""
    return {_real_uri(page, config, root): page for page in playbook}


def hand_over(
    files: Files, pages: Mapping[str, Page], places: Places, config: MkDocsConfig, root: Path
) -> None:
    """Give MkDocs the pages' texts as we read them.

    So it neither opens the files again nor reads the front matter in its own way, which would show
    a broken one as text and take a first line like `Note: …` for metadata.

    Args:
        files: The files of the locale, as static-i18n made them.
        pages: The pages by the path that pairs them.
        places: What there is to link to.
        config: MkDocs' configuration.
        root: The project's folder.
    """
    for file in files:
        page = pages.get(file.src_uri)
        if page is None:
            continue
        text = f"\n{page.body}" if is_ours(page) else mkdocspages.text(page, places)
        file.content_string = text.replace("\r\n", "\n").replace("\r", "\n")
        # Other plugins ask for the real file: its history, its place in the repository.
        file.abs_src_path = str(root / page.path)
        file.edit_uri = _real_uri(page, config, root)


def shown_folder(config: MkDocsConfig) -> str:
    """Return the docs folder as findings name it: relative to the project, with `/`."""
    docs, root = Path(config.docs_dir), root_of(config)
    return docs.relative_to(root).as_posix() if docs.is_relative_to(root) else str(docs)


def root_of(config: MkDocsConfig) -> Path:
    """Return the project's folder: the one that holds mkdocs.yml."""
    return Path(config.config_file_path).absolute().parent


def without_folder(contract: Contract, config: MkDocsConfig) -> Iterator[str]:
    """Yield the declared locales that have no folder in docs/."""
    for locale in contract.locale_keys:
        if not Path(config.docs_dir, locale).is_dir():
            yield locale


def _real_uri(page: Page, config: MkDocsConfig, root: Path) -> str:
    folder = f"{config.docs_dir}{os.sep}".removeprefix(f"{root}{os.sep}").replace(os.sep, "/")
    if page.path.startswith(folder):  # as a rule; paths of many pages take long otherwise
        return page.path[len(folder) :]
    return (root / page.path).relative_to(config.docs_dir).as_posix()


def refused(stray: Stray) -> Diagnostic:
    """Tell what is wrong with what the gate does not let through."""
    place, one = found_stray(stray)
    return told_outside(one, place)


def _problem(file: File, config: MkDocsConfig, contract: Contract) -> Diagnostic | None:
    folder, _, below = file.src_uri.partition("/")
    docs, shown = Path(config.docs_dir), shown_folder(config)
    linked = _linked_folder(docs, file.src_uri)
    if linked:
        return Diagnostic(
            "LF914",
            Severity.ERROR,
            Place(f"{shown}/{linked}"),
            "The folder is a link to another one; nothing in it is published.",
            "Put the folder itself there, or remove the link.",
        )
    if not _lies_in(docs, file):
        return Diagnostic(
            "LF914",
            Severity.ERROR,
            Place(f"{shown}/{file.src_uri}"),
            "The file is a link out of the docs folder, or one to nothing; it is not published.",
            "Copy what it should show into the docs folder.",
        )
    if folder not in contract.locales and below and i18n.is_locale_folder(folder):
        return Diagnostic(
            "LF911",
            Severity.ERROR,
            Place(f"{shown}/{folder}"),
            f"No locale `{folder}` is declared, so nothing in this folder is published.",
            "Declare it under `locales` in the contract; if it is none, "
            "give the folder a name of three letters or more.",
        )
    if file.is_documentation_page() and (folder not in contract.locales or not below):
        return Diagnostic(
            "LF912",
            Severity.ERROR,
            Place(f"{shown}/{file.src_uri}"),
            "The page lies in no locale's folder; it is not published.",
            f"Move it to {shown}/{contract.source}/.",
        )
    if _is_misnamed(file.src_uri):
        return Diagnostic(
            "LF912",
            Severity.ERROR,
            Place(f"{shown}/{file.src_uri}"),
            "The page's name does not end in `.md`; it is not published.",
            "Rename it.",
        )
    return None


def _is_misnamed(uri: str) -> bool:
    """Tell whether a file is a page for its writer but not for us: `PAGE.MD`, `page.markdown`."""
    return uri.lower().endswith(tuple(markdown_extensions)) and not uri.endswith(".md")


def _linked_folder(docs: Path, uri: str) -> str | None:
    """Return the first folder of the path that is a link: reading does not follow those."""
    parts = uri.split("/")[:-1]
    folders = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    return next((folder for folder in folders if (docs / folder).is_symlink()), None)


def _lies_in(docs: Path, file: File) -> bool:
    # Not `Path.resolve`, which raises for a link to itself before Python 3.13.
    real = Path(os.path.realpath(file.abs_src_path or docs))
    return real.is_relative_to(os.path.realpath(docs)) and real.exists()


def _renamed(file: File, uri: str, config: MkDocsConfig) -> File:
    return File(
        uri,
        config.docs_dir,
        config.site_dir,
        config.use_directory_urls,
        inclusion=file.inclusion,
    )
