"""The build of one locale, as steps: files, navigation, content of pages, pages, and what is left.

Each step is MkDocs' own. What `mkdocs.commands.build.build` does in one go is only taken apart
here, so that some steps can be done by other processes, or be left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from leitfaden.engine.records import Records, recorded
from leitfaden.site import anchors, i18n, pages, waiting
from leitfaden.site.anchors import AnchorUse
from leitfaden.site.navigation import page_file
from leitfaden.site.plugin import build_of

_OURS_ALONE = frozenset(("404.html",))  # only the first locale writes it


@dataclass
class LocaleSite:
    """What the steps of a locale's build work on.

    Args:
        locale: The locale.
        config: MkDocs' configuration, as it is for this locale.
        files: All files of the locale.
        nav: Its navigation.
        env: The templates.
        docs: The files of its pages, in the order in which they are built.
        asides: How often a template has asked for the content of another page.
    """

    locale: str
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    docs: tuple[File, ...]
    asides: int = 0

    def page(self, at: int) -> Page:
        """Return a page by its number."""
        page = self.docs[at].page
        assert page is not None
        return page

    @property
    def addresses(self) -> dict[str, str | None]:
        """The files of the site that it writes; by each, the file that is copied there, if any.

        A copy does not count where a page or a template is written over it.
        """
        written = {*self._templates, *(file.dest_uri for file in self.docs)}
        return {
            file.dest_uri: None if file.dest_uri in written else file.abs_src_path
            for file in self.files
            if file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }

    @property
    def has_two_pages_at_once(self) -> bool:
        """Whether two things have the same address: then the last one has to come last."""
        found = [*self._templates]
        for file in self.files:
            if file.inclusion.is_included():  # type: ignore[no-untyped-call]
                found.append(file.dest_uri)
        return len(set(found)) < len(found)

    @property
    def _templates(self) -> tuple[str, ...]:
        """The templates that are no pages; each is written at its own name."""
        return (*self.config.theme.static_templates, *self.config.extra_templates)

    @property
    def writes_for_all(self) -> bool:
        """Whether it writes templates that other locales write, too, the last one for good."""
        return bool(self.config.extra_templates or self.config.theme.static_templates - _OURS_ALONE)


def prepare(config: MkDocsConfig) -> LocaleSite:
    """Find out which files and pages a locale has.

    Args:
        config: MkDocs' configuration.
    """
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    mkdocs_build.log.info("Cleaning site directory")  # which is a new one
    mkdocs_build.log.info(f"Building documentation to directory: {config.site_dir}")
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    nav = config.plugins.on_nav(nav, config=config, files=files)
    docs = tuple(files.documentation_pages())
    for file in docs:
        if file.page is None and file.inclusion.is_not_in_nav():  # type: ignore[no-untyped-call]
            Page(None, file, config)  # which makes itself known to the file
    return LocaleSite(i18n.current_locale(config), config, files, nav, env, docs)


def introduce(site: LocaleSite) -> dict[int, Records]:
    """Tell of each page what others ask of it, so that any of them can be made alone.

    Pages that MkDocs renders are read here: before that, nobody knows their titles.

    Args:
        site: The locale.

    Returns:
        What was logged of pages that have been read, by their numbers.
    """
    build = build_of(site.config)
    read: dict[int, Records] = {}
    for at in range(len(site.docs)):
        page = site.page(at)
        if pages.introduce(page, build, site.config):
            waiting.wait(page, partial(_read_aside, site, at))
        else:
            with recorded(read.setdefault(at, [])):
                read_page(site, at)
    return read


def withdraw(site: LocaleSite) -> None:
    """Undo `introduce`, for a build that makes the contents of all pages first."""
    here = build_of(site.config).current(site.config)
    here.sheets.clear()
    here.anchors.clear()
    here.changed.clear()
    for at in range(len(site.docs)):
        waiting.end_waiting(site.page(at))


def read_page(site: LocaleSite, at: int) -> None:
    """Make the content of a page.

    Args:
        site: The locale.
        at: The page's number.
    """
    mkdocs_build.log.debug(f"Reading: {site.docs[at].src_uri}")
    page = site.page(at)
    waiting.begin(page)
    mkdocs_build._populate_page(page, site.config, site.files)


def _read_aside(site: LocaleSite, at: int) -> None:
    """Make the content of a page that the template of another one shows; its own turn comes."""
    site.asides += 1
    here, config = build_of(site.config).current(site.config), site.config
    uses, changed, current = len(here.anchors), len(here.changed), config._current_page
    with recorded([]):
        read_page(site, at)
    del here.anchors[uses:], here.changed[changed:]
    config._current_page = current


def forget_page(site: LocaleSite, at: int) -> None:
    """Let go of the content of a page that has been written; it is made again if asked for."""
    page = site.page(at)
    if isinstance(page, waiting.WaitingPage):
        waiting.wait(page, partial(_read_aside, site, at))


def set_up_templates(site: LocaleSite) -> None:
    """Let plugins set up the templates."""
    site.env = site.config.plugins.on_env(site.env, config=site.config, files=site.files)


def write_files(site: LocaleSite, there: Collection[str]) -> None:
    """Write all that is no page; by then, the templates have been set up.

    Args:
        site: The locale.
        there: What need not be copied, as another locale does.
    """
    config, files = site.config, site.files
    mkdocs_build.log.debug("Copying static assets.")
    Files(file for file in files if file.dest_uri not in there).copy_static_files(
        inclusion=InclusionLevel.is_included
    )
    for template in config.theme.static_templates:
        mkdocs_build._build_theme_template(template, site.env, files, config, site.nav)
    for template in config.extra_templates:
        mkdocs_build._build_extra_template(template, files, config, site.nav)


def write_page(site: LocaleSite, at: int) -> None:
    """Write a page.

    Args:
        site: The locale.
        at: The page's number.
    """
    page = site.page(at)
    mkdocs_build._build_page(page, site.config, site.docs, site.nav, site.env)


def redirected(site: LocaleSite) -> Iterator[File]:
    """Yield the files of the pages that old addresses lead to."""
    for own, page_id in build_of(site.config).redirects_to:
        file = page_file(page_id, site.files, own) if own == site.locale else None
        if file is not None:
            yield file


def tell_missing(site: LocaleSite, uses: Iterable[AnchorUse]) -> None:
    """Tell of the anchors that finished pages lack, as far as we look for them.

    Args:
        site: The locale.
        uses: The links to anchors.
    """
    build = build_of(site.config)
    anchors.tell_missing(uses, build.contract, site.config, build.messages)


def check_anchors(site: LocaleSite) -> None:
    """Tell of the anchors that MkDocs itself looks for."""
    level = site.config.validation.links.anchors
    for at in range(len(site.docs)):
        if not isinstance(site.page(at), waiting.WaitingPage):  # of those, we look ourselves
            site.page(at).validate_anchor_links(files=site.files, log_level=level)
