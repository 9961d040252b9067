"""The policy that each page tells its browser: which of the theme's scripts and styles may run.

What may run comes from the templates alone, never from a page that has been built: what stands in
a page and in no template is not let in, and told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from leitfaden.checking.outside import outside
from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Place
from leitfaden.publishing.policy import Code, Kind, codes_in, is_allowed, policy, refused, styled
from leitfaden.site.lean import keep_no_tag_lines, unindented

NOT_LET_IN, WITHOUT_EFFECT = "LF919", "LF918"

_MARK = '<meta http-equiv="Content-Security-Policy" content="'
_HEAD = 1000  # characters; the mark stands among the first of them
_NO_TEMPLATES = frozenset((".icons", "assets", "__pycache__"))
_DYNAMIC = re.compile(r"\{[{%#]")
_SHORT = 60
_ALIGNED = re.compile(r'<(t[hd])([^<>]*?) style="text-align: (left|center|right);"([^<>]*)>')
_CLASS = re.compile(r' class="([^"]*)"')
_OWN_SCRIPTS = re.compile(rb"script-src 'self'(?: 'sha256-[A-Za-z0-9+/=]*')+")
_ANY_SCRIPT = b"script-src 'self' 'unsafe-inline'"


@dataclass
class Policies:
    """The policies of a site's pages.

    Args:
        contract: What browsers may load besides the site's own files.
        folders: The folders of the templates.
    """

    contract: Contract
    folders: Iterable[str]
    _known: dict[tuple[str, str], Markup] = field(init=False, default_factory=dict)

    def of(self, base_url: str, locale: str, config: MkDocsConfig) -> Markup:
        """Return the policy of a page; empty if pages have none.

        Args:
            base_url: The site's root, relative to the page.
            locale: The locale of the build.
            config: MkDocs' configuration.
        """
        key = base_url, locale
        if key not in self._known:
            self._known[key] = self._told(self._codes(base_url, config))
        return self._known[key]

    @property
    def bare(self) -> Markup:
        """The policy of a page that has no script or style of its own; empty if pages have none."""
        return self._told(())

    def _told(self, codes: Iterable[Code]) -> Markup:
        is_told = self.contract.policy.enforced
        return Markup(policy(self.contract, codes)) if is_told else Markup()

    def _codes(self, base_url: str, config: MkDocsConfig) -> Iterator[Code]:
        """Yield what the templates hold, as it stands on pages at some depth."""
        values = {"config": config, "base_url": base_url}
        for name, code in self._held:
            if _is_used(name, config):
                text = _filled(code.text, values) if _DYNAMIC.search(code.text) else code.text
                if text is not None:
                    yield code._replace(text=text)
                    yield code._replace(text=unindented(text))
        yield from self._icons(config)

    @cached_property
    def _held(self) -> tuple[tuple[str, Code], ...]:
        """The scripts and styles in the templates, each with the template's name."""
        return tuple(dict.fromkeys(self._read()))

    def _read(self) -> Iterator[tuple[str, Code]]:
        for folder in self.folders:
            for file in _templates(folder):
                name = file.relative_to(folder).as_posix()
                for code in codes_in(file.read_text("utf-8", "replace")):
                    yield name, code

    def _icons(self, config: MkDocsConfig) -> Iterator[Code]:
        """Yield the style that the theme puts together of the icons that mkdocs.yml chooses."""
        env = Environment(loader=FileSystemLoader(list(self.folders)))
        keep_no_tag_lines(env)  # as in the pages
        try:
            template = env.get_template("partials/icons.html")
            yield from codes_in(template.render(config=config))
        except TemplateError:
            pass  # nothing is let in


def _templates(folder: str) -> Iterator[Path]:
    """Yield the templates in a folder that make pages, in an order that is always the same."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if one not in _NO_TEMPLATES)
        for name in sorted(names):
            if name.endswith(".html"):
                yield Path(parent, name)


def _is_used(name: str, config: MkDocsConfig) -> bool:
    """Tell whether pages can hold what a template of the theme does, as mkdocs.yml has it."""
    extra = config.extra
    match name:
        case "partials/javascripts/announce.html":
            return "announce.dismiss" in (config.theme.get("features") or ())
        case "partials/javascripts/consent.html":
            return bool(extra.get("consent"))
        case "partials/javascripts/outdated.html":
            return bool(extra.get("version"))
    return not name.startswith("partials/integrations/") or bool(extra.get("analytics"))


def _filled(text: str, values: Mapping[str, Any]) -> str | None:
    """Return a script with what mkdocs.yml says in it; None if it says what others do."""
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    try:
        return environment.from_string(text).render(values)
    except TemplateError:
        return None


# What is wrong


def mistakes(contract: Contract, config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yield what mkdocs.yml asks for and the policy of pages would not let in, each with a cure.

    Args:
        contract: What it lets in.
        config: MkDocs' configuration.
    """
    if not contract.policy.enforced:
        return
    if config.theme.get("font"):
        message = "`theme.font` loads fonts from Google, which the policy of the pages forbids."
        yield message, "Set `font: false`, or bring the fonts along as files of the site."
    if (config.extra.get("analytics") or {}).get("provider") == "google":
        message = "`extra.analytics` loads a script from Google, which the policy forbids."
        yield message, f"Remove it, or set {_SWITCH}."
    for extension in ("pymdownx.highlight", "codehilite"):
        if (config.mdx_configs.get(extension) or {}).get("noclasses"):
            message = f"`{extension}` colours code by styles, which the policy forbids."
            yield message, f"Remove `noclasses` from `{extension}`."
    told = policy(contract)
    for name, key in (("extra_javascript", "scripts"), ("extra_css", "styles")):
        for entry in config[name]:
            address = str(getattr(entry, "path", entry))
            if not is_allowed(address, "script-src" if key == "scripts" else "style-src", told):
                message = f"`{name}` loads {address}, which the policy of the pages forbids."
                cure = "Copy the file into the docs folder, or name its host in the contract, below"
                yield message, f"{cure} `policy.{key}`."


_SWITCH = "`policy.enforced: false` in the contract"


def breaches(html: str, place: Place) -> Iterator[Diagnostic]:
    """Yield what a finished page holds and its own policy does not let run.

    Args:
        html: The page.
        place: What the page is made of.
    """
    at = html.find(_MARK, 0, _HEAD)
    if at < 0:
        yield outside(NOT_LET_IN, place, "no-policy")
        return
    start = at + len(_MARK)
    told = html[start : html.find('"', start)]
    for code in refused(html, told):
        begins = " ".join(code.text.split())[:_SHORT]
        yield outside(NOT_LET_IN, place, _VARIANTS[code.kind], values={"begins": begins})


_VARIANTS: dict[Kind, str] = {"script": "", "style": "style", "source": "source"}


def without_effect(made: str, html: str, place: Place) -> Iterator[Diagnostic]:
    """Yield what the content of a page asks for and no policy lets in.

    Args:
        made: The content, as MkDocs has made it.
        html: What is left of it.
        place: The page's file.
    """
    tag = styled(html)
    if tag is not None:
        yield outside(WITHOUT_EFFECT, place, values={"tag": tag})
    if 'class="mermaid"' in made:
        yield outside(WITHOUT_EFFECT, place, "mermaid")


# What is put right


def aligned(html: str) -> str:
    """Return HTML in which classes say how cells are aligned.

    Args:
        html: HTML as Python-Markdown writes it, with a style in each cell.
    """
    return _ALIGNED.sub(_with_class, html) if 'style="text-align' in html else html


def _with_class(cell: re.Match[str]) -> str:
    others, name = f"{cell[2]}{cell[4]}", f"lf-align-{cell[3]}"
    classes = _CLASS.search(others)
    if classes is None:
        return f'<{cell[1]} class="{name}"{others}>'
    before, behind = others[: classes.start()], others[classes.end() :]
    return f'<{cell[1]}{before} class="{classes[1]} {name}"{behind}>'


def let_in_live_reload(server: LiveReloadServer) -> None:
    """Let MkDocs' own live server put its script into pages, whose text changes each time.

    The pages themselves stay as they are: it is the answers that allow any script of their own.

    Args:
        server: The server.
    """
    answer = server.get_app()
    assert answer is not None

    def answer_with_script(environ: Any, start_response: Any) -> Iterable[bytes]:
        body = answer(environ, start_response)
        path = environ.get("PATH_INFO", "")
        if not path.endswith(("/", ".html")):
            return body
        return (_OWN_SCRIPTS.sub(_any_script, b"".join(body), count=1),)

    server.set_app(answer_with_script)


def _any_script(told: re.Match[bytes]) -> bytes:
    return _ANY_SCRIPT.ljust(len(told[0]))  # the length has been sent already
