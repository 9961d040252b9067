"""Our rendering in MkDocs' pages.

MkDocs is handed an empty text to convert, and then our HTML in place of the result; the events of
other plugins see text and HTML as they are used to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from leitfaden.model import Page
from leitfaden.rendering import (
    Knowledge,
    RenderContext,
    TemplateFault,
    TocItem,
    about,
    converted,
)
from leitfaden.site import guard, metadata, policy, sources
from leitfaden.site.anchors import taken_over
from leitfaden.site.build import Build, LocaleBuild, Sheet, stop
from leitfaden.site.levels import TOLD_BY_CHECKS
from leitfaden.site.links import LinkResolver
from leitfaden.site.navigation import page_file

# The plugins that do not look at pages any more when they have been written.
_KNOWN = frozenset(("i18n", "leitfaden", "material/search"))


def open_sheet(markdown: str, shown: MkDocsPage, build: Build, config: MkDocsConfig) -> None:
    """Note what MkDocs read, before other plugins see it, and set the metadata they see."""
    page, here = build.page_of(shown.file), build.current(config)
    is_ours = page is not None and sources.is_ours(page)
    shown.meta = metadata.for_theme(page.metadata() if page else shown.meta)
    if page and is_ours:
        here.sheets[shown.file.src_uri] = Sheet(page, markdown)


def withhold_text(
    markdown: str, shown: MkDocsPage, build: Build, config: MkDocsConfig
) -> str | None:
    """Return the empty text that MkDocs converts instead; None for a page that is not ours."""
    here = build.current(config)
    sheet = here.sheets.get(shown.file.src_uri)
    if sheet is None:
        return None
    sheet.markdown = markdown
    if _lines(markdown) != _lines(sheet.given):
        sheet.page = _read_again(sheet.page, markdown, build)
        here.changed.append(sheet.page)
    _convert_nothing(shown)
    return ""


def introduce(shown: MkDocsPage, build: Build, config: MkDocsConfig) -> bool:
    """Tell MkDocs all that others may ask of a page before its content is made.

    Args:
        shown: The page.
        build: The build.
        config: MkDocs' configuration.

    Returns:
        Whether that is known: it is of our pages; of others, only when MkDocs has read them.
    """
    page = build.page_of(shown.file)
    if page is None or not sources.is_ours(page):
        return False
    source = build.playbook.source_of(page)
    shown.meta = metadata.for_theme(page.metadata())
    here = build.current(config)
    _name(shown, page, about.title(page, source), about.description(page, source), here)
    return True


def _name(shown: MkDocsPage, page: Page, title: str, description: str, here: LocaleBuild) -> None:
    """Tell MkDocs what a page is called in its navigation, and templates what it is about."""
    shown.title = metadata.as_html(here.titles.get(page.id, title))
    shown.meta["title"] = metadata.as_html(title)
    shown.meta["description"] = metadata.as_html(description)


def _convert_nothing(shown: MkDocsPage) -> None:
    """Let MkDocs convert the empty text without a converter of its own, whose making takes long."""

    def render(config: MkDocsConfig, files: Files) -> None:
        del vars(shown)["render"]  # whoever converts the page again gets what MkDocs makes of it
        shown.content = ""
        shown.toc = TableOfContents([])
        shown.present_anchor_ids = set()
        shown.links_to_anchors = {}

    vars(shown)["render"] = render


def set_content(
    html: str, shown: MkDocsPage, files: Files, build: Build, config: MkDocsConfig
) -> str | None:
    """Render the page and tell MkDocs all about it; None leaves a page that is not ours as it is.

    Args:
        html: What MkDocs has made of the page.
        shown: The page.
        files: The files of the locale.
        build: The build.
        config: MkDocs' configuration.
    """
    here = build.current(config)
    sheet = here.sheets.pop(shown.file.src_uri, None)
    if sheet is None:
        _name_in_navigation(shown, build, here)
        _take_anchors(shown, build, here)
        made = html = policy.aligned(html)
        html = html if build.contract.trusts_writers else _made_harmless(html, shown)
        guard.look_at_content(made, html, shown, build)
        written = build.page_of(shown.file)
        if written is None:
            return html
        links = _links(written, shown, files, build, config)
        with _told(build):
            trust = build.renderer.trust(written, _context(links, build.knowledge))
        return _behind_title(trust, html) if trust else html
    page = sheet.page
    links = _links(page, shown, files, build, config)
    with _told(build):
        rendered = build.renderer.render(page, _context(links, build.knowledge))
    if build.contract.trusts_writers and shown.file.src_uri not in build.generated:
        guard.look_at_content(rendered.html, rendered.html, shown, build)
    shown.markdown = sheet.markdown
    _name(shown, page, rendered.title, rendered.description, here)
    shown.toc = _toc(rendered.toc)
    shown.present_anchor_ids = set(rendered.anchors)
    return rendered.html


def _made_harmless(html: str, shown: MkDocsPage) -> str:
    """Return what MkDocs made of a page, with nothing in it that acts, and its names likewise."""
    shown.title = metadata.as_html(converted.text_in(str(shown.title)))
    shown.toc = TableOfContents([_harmless_link(link) for link in shown.toc])
    anchors = shown.present_anchor_ids
    if anchors is not None:
        # By their former names they can still be linked to, on the page itself.
        shown.present_anchor_ids = anchors | {converted.own_id(name) for name in anchors}
    return converted.harmless(html)


def _harmless_link(link: AnchorLink) -> AnchorLink:
    title = metadata.as_html(converted.text_in(link.title))
    harmless = AnchorLink(title, escape(converted.own_id(link.id)), link.level)
    harmless.children = [_harmless_link(child) for child in link.children]
    return harmless


@contextmanager
def _told(build: Build) -> Iterator[None]:
    """End the build when a template is wrong, and tell what."""
    try:
        yield
    except TemplateFault as fault:
        raise stop((fault.diagnostic,), build.messages) from None


def _links(
    page: Page, shown: MkDocsPage, files: Files, build: Build, config: MkDocsConfig
) -> LinkResolver:
    here = build.current(config)
    return LinkResolver(
        page=page,
        file=shown.file,
        locale=here.locale,
        files=files,
        places=build.places,
        playbook=build.playbook,
        config=config,
        messages=build.messages,
        anchors=here.anchors,
        told_elsewhere=TOLD_BY_CHECKS if build.is_checked(page, shown.file) else (),
        generated=build.generated,
    )


def _behind_title(piece: str, html: str) -> str:
    """Return the HTML that MkDocs made of a page with a piece behind its title, or before all."""
    before, title, rest = html.partition("</h1>")
    return f"{before}{title}\n{piece}{rest}" if title else f"{piece}{html}"


def _context(links: LinkResolver, knowledge: Knowledge) -> RenderContext:
    """Return the surroundings of the page whose links are resolved."""

    def around(part: Page) -> RenderContext:
        return _context(replace(links, page=part, told_elsewhere=TOLD_BY_CHECKS), knowledge)

    def home(other: Page) -> RenderContext:
        file = page_file(other.id, links.files, links.locale) or links.file
        # Of the anchors that it links to, its own build tells.
        there = replace(links, page=other, file=file, told_elsewhere=TOLD_BY_CHECKS, anchors=[])
        return _context(there, knowledge)

    return RenderContext(
        links.locale,
        links.playbook,
        links.resolve,
        links.url_of,
        links.size_of,
        around,
        knowledge,
        links.url_in,
        links.relative,
        links.file.url,
        home,
    )


def _name_in_navigation(shown: MkDocsPage, build: Build, here: LocaleBuild) -> None:
    """Give a page that MkDocs renders the name that the contract's navigation has for it."""
    page = build.page_of(shown.file)
    if page and page.id in here.titles:
        name = about.title(page, build.playbook.source_of(page))
        shown.meta.setdefault("title", metadata.as_html(name))
        shown.title = metadata.as_html(here.titles[page.id])


def _take_anchors(shown: MkDocsPage, build: Build, here: LocaleBuild) -> None:
    """Look ourselves for the anchors that a page of MkDocs links to: we know the lines."""
    page = build.page_of(shown.file)
    if page:
        taken = taken_over(shown, page, build.playbook, build.places)
        here.anchors += (use for use in taken if page.locale == here.locale)


def _lines(text: str) -> str:
    """Return the text as static-i18n leaves it, which joins the lines anew: that is no change."""
    return "\n".join(text.splitlines())


def _read_again(page: Page, markdown: str, build: Build) -> Page:
    front_matter = page.front_matter.span.of(page.text)
    data = f"{front_matter}{markdown}".encode()
    read = build.reader.read(data, path=page.path, locale=page.locale, page_id=page.id)
    return replace(read, kind=page.kind, view=page.view, subject=page.subject)


def _toc(items: Iterable[TocItem]) -> TableOfContents:
    links = [_link(item) for item in items]
    if links:
        links[0].active = True  # type: ignore[attr-defined] # as MkDocs does
    return TableOfContents(links)


def _link(item: TocItem) -> AnchorLink:
    link = AnchorLink(metadata.as_html(item.title), item.id, item.level)
    link.children = [_link(child) for child in item.children]
    return link


def let_go(build: Build, config: MkDocsConfig) -> None:
    """Forget the contents of a locale's pages when all of them have been written by MkDocs itself.

    They stay in memory otherwise while the other locales are built, as MkDocs keeps the pages. Not
    where another plugin might look at them later, nor where pages are made in any order.

    Args:
        build: The build.
        config: MkDocs' configuration.
    """
    files = build.current(config).files.documentation_pages()
    shown = [file.page for file in files if file.page is not None]
    is_ours_alone = config.plugins.keys() <= _KNOWN and not config.hooks
    if (
        build.is_checked_aside
        or not is_ours_alone
        or any(type(one) is not MkDocsPage for one in shown)
    ):
        return
    for page in shown:
        page.content = page.markdown = None
        page.toc = TableOfContents([])
