"""Pages at old addresses, which lead to the new ones without any rule of a server's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from leitfaden.checking.outside import outside
from leitfaden.checking.redirects import HIDES, NOT_WRITTEN, UNKNOWN_PAGE
from leitfaden.model import Diagnostic, Redirect
from leitfaden.rendering import TemplateFault, about
from leitfaden.site.build import Build, stop
from leitfaden.site.navigation import page_file
from leitfaden.site.wording import language_tag

_TEMPLATE = "redirect.html"
_SCRIPT = "assets/javascripts/redirect.js"
_MARK = "data-lf-redirect"  # on the root element of a redirect's page, to know it again


def write(build: Build, config: MkDocsConfig, elsewhere: Collection[str] = ()) -> None:
    """Write the pages of all redirects, when the pages of all locales are there.

    Args:
        build: The build.
        config: MkDocs' configuration.
        elsewhere: Files of the site that another build may make.

    Raises:
        Abort: The template is wrong; it has been told what.
    """
    site = Path(config.site_dir)
    for redirect in build.redirects:
        if redirect.locale not in build.locales:
            continue  # this build leaves it out
        target = _target(redirect, build, config)
        try:
            if target:
                build.tell(_write(redirect, target, site, build, elsewhere))
            else:
                build.tell((_gone(redirect),))
        except TemplateFault as fault:
            raise stop((fault.diagnostic,), build.messages) from None


@dataclass(frozen=True)
class _Target:
    """Where a redirect leads.

    Args:
        url: Below the site's root.
        title: What the page is called.
        lang: The language of the title and, where a translation is missing, of the page.
        canonical: The page's one full address, or None.
        anchors: What can be linked to on the page, as it has been built.
    """

    url: str
    title: str
    lang: str
    canonical: str | None
    anchors: frozenset[str]


def _target(redirect: Redirect, build: Build, config: MkDocsConfig) -> _Target | None:
    """Return where a redirect leads; None if mkdocs.yml keeps the page from being published."""
    files = build.locales[redirect.locale].files
    file = page_file(redirect.page_id, files, redirect.locale)
    page = build.playbook.shown(redirect.page_id, redirect.locale)
    if file is None or file.page is None or page is None:
        return None
    address = file.page.canonical_url
    if page.locale != redirect.locale and config.site_url:
        address = urljoin(config.site_url, _url_in(page.locale, file, redirect.page_id, build))
    return _Target(
        url=file.url,
        title=about.title(page, build.playbook.source_of(page)),
        lang=language_tag(page.locale, build.contract),
        canonical=address,
        anchors=frozenset(file.page.present_anchor_ids or ()),
    )


def _gone(redirect: Redirect) -> Diagnostic:
    values = {"page": redirect.page_id, "address": redirect.address}
    return outside(UNKNOWN_PAGE, redirect.page_place, values=values)


def _url_in(locale: str, file: File, page_id: str, build: Build) -> str:
    """Return the address of a page in another locale; that of `file` if it is not built there."""
    there = build.locales.get(locale)
    found = page_file(page_id, there.files, locale) if there else None
    return (found or file).url


def _write(
    redirect: Redirect, target: _Target, site: Path, build: Build, elsewhere: Collection[str]
) -> Iterator[Diagnostic]:
    """Write both pages of an old address, `name.html` and `name/index.html`.

    Servers differ in which of them they show for `name`. The address of the page that it leads to
    may be one of the two.
    """
    for uri in (f"{redirect.address}.html", f"{redirect.address}/index.html"):
        file = site / uri
        address = quote(uri)
        if _names(address) == _names(target.url):
            continue
        try:
            if uri in elsewhere or (file.exists() and not _is_ours(file)):
                values = {"address": redirect.address, "file": uri}
                yield outside(HIDES, redirect.place, "built", values=values)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_html(redirect, target, address, build), "utf-8")
        except (OSError, ValueError) as error:
            detail = getattr(error, "strerror", None) or str(error)
            values = {"address": redirect.address, "detail": detail}
            yield outside(NOT_WRITTEN, redirect.place, values=values)


def _names(url: str) -> str:
    """Return the file that an address shows."""
    url = url.removeprefix("./")
    return f"{url}index.html" if not url or url.endswith("/") else url


def _is_ours(file: Path) -> bool:
    """Tell whether a file is the page of a redirect, left over from a build before this one."""
    with file.open("rb") as stream:
        return _MARK.encode() in stream.read(1000)


def _html(redirect: Redirect, target: _Target, address: str, build: Build) -> str:
    moved = {one.old: one.new for one in redirect.anchors if one.new in target.anchors}
    contract = build.contract
    values: dict[str, Any] = {
        "mark": _MARK,
        "lang": language_tag(redirect.locale, contract),
        "direction": contract.locales[redirect.locale].direction,
        "title": target.title,
        "title_lang": target.lang,
        "target": _relative(target.url, address),
        "canonical": target.canonical,
        "script": _relative(_SCRIPT, address),
        "anchors": sorted(target.anchors),
        "moved": moved,
        "policy": build.policies.bare,
    }
    return build.renderer.templates.render(_TEMPLATE, redirect.locale, values)


def _relative(url: str, address: str) -> str:
    """Return an address relative to another one, never to be taken for one with a scheme."""
    relative = get_relative_url(url, address)
    return f"./{relative}" if ":" in relative.partition("/")[0] else relative
