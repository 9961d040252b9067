"""The build of one locale, as steps: files, navigation, content of pages, pages, and what is left.

Each step is MkDocs' own. What `mkdocs.commands.build.build` does in one go is only taken apart
here, so that some steps can be done by other processes, or be left out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from leitfaden.site import i18n

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
    """

    locale: str
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    docs: tuple[File, ...]

    def page(self, at: int) -> Page:
        """Return a page by its number."""
        page = self.docs[at].page
        assert page is not None
        return page

    @property
    def addresses(self) -> dict[str, str | None]:
        """The files of the site that it writes; by each, the file that is copied there, if any."""
        return {
            file.dest_uri: None if file.is_documentation_page() else file.abs_src_path
            for file in self.files
            if file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }

    @property
    def has_two_pages_at_once(self) -> bool:
        """Whether two pages have the same address: then the last one has to come last."""
        return len({file.dest_uri for file in self.docs}) < len(self.docs)

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


def read_page(site: LocaleSite, at: int) -> None:
    """Make the content of a page.

    Args:
        site: The locale.
        at: The page's number.
    """
    mkdocs_build.log.debug(f"Reading: {site.docs[at].src_uri}")
    mkdocs_build._populate_page(site.page(at), site.config, site.files)


def write_files(site: LocaleSite, there: Collection[str]) -> None:
    """Write all that is no page; by then, the content of all pages has been made.

    Args:
        site: The locale.
        there: What need not be copied, as another locale does.
    """
    config, files = site.config, site.files
    site.env = config.plugins.on_env(site.env, config=config, files=files)
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


def check_anchors(site: LocaleSite) -> None:
    """Tell of the anchors that MkDocs itself looks for."""
    level = site.config.validation.links.anchors
    for at in range(len(site.docs)):
        site.page(at).validate_anchor_links(files=site.files, log_level=level)
