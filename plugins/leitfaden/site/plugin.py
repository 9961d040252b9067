"""The plugin: MkDocs' events, each handed to the module that knows about it."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from leitfaden.rendering import templating
from leitfaden.site import (
    anchors,
    collector,
    context,
    escaping,
    finish,
    generated,
    guard,
    i18n,
    lean,
    pages,
    policy,
    redirects,
    search,
    sidebar,
    sitemap,
    sources,
)
from leitfaden.site.build import Build, begin
from leitfaden.site.navigation import navigation
from leitfaden.site.options import LeitfadenOptions
from leitfaden.site.wording import wording

_FIRST = 1000  # before all other plugins
_LAST = -1000  # behind all of them
_BEFORE_I18N = i18n.PRIORITY + 50
_BEHIND_I18N = i18n.PRIORITY - 100


class LeitfadenPlugin(BasePlugin[LeitfadenOptions]):  # type: ignore[no-untyped-call]
    """Builds a playbook site from the contract and its pages."""

    workers = 1  # how many processes may work at the same time before the pages are made
    _build: Build

    @property
    def build(self) -> Build:
        """What the builds of all locales share, from `on_config` on."""
        return self._build

    def take_build(self, build: Build) -> None:
        """Go on with another build of the same site, which has read its pages anew."""
        self._build = build

    @event_priority(_FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the contract once, then set up each locale before other plugins look."""
        if not i18n.is_further_build(config):
            self._build = begin(config, self.config.contract, self.config.check.fail_on)
        build = self._build
        search.drop_if_off(config)
        search.leave_to_us(config)
        search.spare_pages(config)
        build.theme_files.keep(config.theme)
        locale = i18n.current_locale(config)
        config.theme["wording"] = wording(
            locale, build.contract, build.catalogue, config.theme.dirs
        )
        return config

    @event_priority(_FIRST)
    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Read all pages, once for all locales."""
        if not i18n.is_further_build(config):
            self._build.workers = self.workers
            self._build.read(config)

    @event_priority(_BEFORE_I18N)
    def _choose_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave only what is published."""
        sitemap.leave_to_us(files, config)
        self._build.choose(files, config)
        self._build.kept_files.begin(config)
        return files

    @event_priority(_BEHIND_I18N)
    def _fill_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Give the locale's files their texts and the locale its navigation."""
        build = self._build
        build.kept_files.end(config)
        here = build.current(config)
        here.files = files
        sources.hand_over(files, build.pages, build.places, config, build.root)
        generated.mark(files, build.generated)
        config.nav = navigation(build.contract, files, here.locale)
        return files

    on_files = CombinedEvent(_choose_files, _fill_files)

    @event_priority(_FIRST)
    def _open_sheet(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        pages.open_sheet(markdown, page, self._build, config)
        return None

    @event_priority(_LAST)
    def _withhold_text(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        return pages.withhold_text(markdown, page, self._build, config)

    on_page_markdown = CombinedEvent(_open_sheet, _withhold_text)

    @event_priority(_FIRST)
    def on_page_content(
        self, html: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Set our HTML in place of MkDocs'."""
        return pages.set_content(html, page, files, self._build, config)

    @event_priority(_FIRST)
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Look for the anchors that pages link to, now that all are rendered; set up templates."""
        lean.keep_no_tag_lines(env)
        escaping.escape_ours(env, config)
        templating.set_up(env)
        sidebar.offer_theme(env, config)
        build = self._build
        lean.keep_compiled(env, build.compiled)
        here = build.current(config)
        here.env = env
        anchors.tell_missing(here.anchors, build.contract, config, build.messages)

    @event_priority(_FIRST)
    def on_page_context(
        self, context_: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell the templates about the page."""
        return context.extended(context_, context.for_page(page, nav, self._build, config))

    @event_priority(_FIRST)
    def on_template_context(
        self, context_: TemplateContext, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the templates that are no pages about the site."""
        about = context.for_template(context_["base_url"], self._build, config)
        return context.extended(context_, about)

    @event_priority(_LAST)
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Take out of the page what no reader needs, and look for what it must not hold."""
        html = lean.without_indents(output)
        guard.look_at_page(html, page, self._build)
        return html

    @event_priority(_LAST)
    def on_post_template(
        self, output_content: str, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Keep the first locale's 404 page, which speaks all languages."""
        if template_name == "404.html" and i18n.is_further_build(config):
            return ""
        guard.look_at_template(output_content, template_name, self._build, config)
        return None

    def on_serve(self, server: object, config: MkDocsConfig, builder: Callable[..., None]) -> None:
        """Let MkDocs' own live server tell its pages of changes; ours needs no leave."""
        if isinstance(server, LiveReloadServer):
            policy.let_in_live_reload(server)

    @event_priority(_BEFORE_I18N)
    def _finish_locale(self, config: MkDocsConfig) -> None:
        """Write what belongs to a locale beside its pages."""
        finish.write(self._build, config)
        pages.let_go(self._build, config)

    @event_priority(_BEHIND_I18N)
    def _finish_site(self, config: MkDocsConfig) -> None:
        """Write what is known when all locales are built."""
        if not i18n.is_further_build(config):
            redirects.write(self._build, config)
            sitemap.write(self._build, config)
            collector.resume()

    on_post_build = CombinedEvent(_finish_locale, _finish_site)


def allow_workers(count: int, config: MkDocsConfig) -> None:
    """Let several processes work at the same time, also before the pages are made.

    Args:
        count: How many.
        config: MkDocs' configuration, just read.
    """
    for plugin in config.plugins.values():
        if isinstance(plugin, LeitfadenPlugin):
            plugin.workers = count


def build_of(config: MkDocsConfig) -> Build:
    """Return what the builds of all locales share, of the plugin that a configuration has."""
    return plugin_of(config).build


def plugin_of(config: MkDocsConfig) -> LeitfadenPlugin:
    """Return the plugin that a configuration has."""
    plugins = config.plugins.values()
    return next(one for one in plugins if isinstance(one, LeitfadenPlugin))
