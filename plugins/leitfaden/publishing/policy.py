"""What a page allows its browser: the site's own files, and what the templates themselves hold.

Browsers take it from a `meta` element (Content-Security-Policy). Scripts and styles that stand in a
page count only with the hashes of their texts, so that what a writer or an attacker gets into a
page does not run. Whether anybody may show the page in a frame cannot be said in a page: only a
server can, in a header.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from html import unescape
from typing import Literal, NamedTuple, TypeAlias

import nh3

from leitfaden.contract import Contract
from leitfaden.contract.origins import covers, is_foreign

Kind: TypeAlias = Literal["script", "style", "source"]

_CODES = {"script", "style", "svg", "math"}
_ANY = nh3.ALLOWED_TAGS | {"button", "form", "input", "label", "option", "section", "select", "svg"}
_NONE, _SELF = "'none'", "'self'"
_DATA = "data:"  # images only: of the theme's style sheets
_PLAYER = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]+)?")
_OPENING = re.compile(
    r"<(script|style)\b((?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}')*+)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_SCRIPTS = frozenset(
    {"", "module", "importmap", "speculationrules"}
    | {
        f"application/{name}"
        for name in ("ecmascript", "javascript", "x-ecmascript", "x-javascript")
    }
    | {f"text/{name}" for name in ("ecmascript", "javascript", "jscript", "livescript")}
    | {f"text/{name}" for name in ("x-ecmascript", "x-javascript")}
    | {f"text/javascript1.{number}" for number in range(6)}
)


class Code(NamedTuple):
    """A script or a style that stands in a page.

    Args:
        kind: Which of the two; a `source` is a script that stands elsewhere.
        text: What it says, or the address of a source.
    """

    kind: Kind
    text: str


def policy(contract: Contract, codes: Iterable[Code] = ()) -> str:
    """Return what a page allows its browser, as the value of `Content-Security-Policy`.

    Args:
        contract: What it may load besides the site's own files.
        codes: The scripts and styles that its templates hold.
    """
    more = contract.policy
    hashes: dict[Kind, list[str]] = {"script": [], "style": [], "source": []}
    for kind, text in sorted(set(codes)):
        hashes[kind].append(hash_of(text))
    players = (host.lower() for host in contract.hosts.players)
    frames = (*(f"https://{host}" for host in players if _PLAYER.fullmatch(host)), *more.frames)
    directives = {
        "default-src": (_NONE,),
        "script-src": (_SELF, *hashes["script"], *more.scripts),
        "style-src": (_SELF, *hashes["style"], *more.styles),
        "img-src": (_SELF, _DATA, *more.images),
        "font-src": (_SELF, *more.fonts),
        "media-src": (_SELF, *more.media),
        "connect-src": (_SELF, *more.connections),
        "worker-src": (_SELF,),
        "frame-src": frames,
        "base-uri": (_NONE,),
        "form-action": (_SELF,),
    }
    told = ((name, dict.fromkeys(sources)) for name, sources in directives.items() if sources)
    return "; ".join(" ".join((name, *sources)) for name, sources in told)


@lru_cache(maxsize=256)  # pages hold the same few
def hash_of(text: str) -> str:
    """Return what stands for a script or a style in a policy."""
    read = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "surrogatepass")
    return f"'sha256-{b64encode(sha256(read).digest()).decode()}'"


def codes_in(html: str) -> Iterator[Code]:
    """Yield the scripts and styles of a page that a browser would run or apply.

    Data for scripts are none of them, nor are files of the site.

    Args:
        html: The page.
    """
    at = 0
    while opening := _OPENING.search(html, at):
        name, attributes = opening[1].lower(), opening[2]
        at = html.find(f"</{name}>", opening.end())  # which is how templates end them
        at = len(html) if at < 0 else at
        code = _code(name, attributes, html[opening.end() : at])
        if code:
            yield code


def _code(name: str, attributes: str, text: str) -> Code | None:
    """Return a script or a style; None for one that does nothing by itself."""
    if name == "style":
        return Code("style", text)
    if not attributes:
        return Code("script", text)
    named = _ATTRIBUTE.findall(attributes)
    about = {name.lower(): unescape(a or b or c).strip() for name, a, b, c in reversed(named)}
    if about.get("type", "").lower() not in _SCRIPTS:
        return None
    if "src" not in about:
        return Code("script", text)
    return Code("source", about["src"]) if is_foreign(about["src"]) else None


def refused(html: str, told: str) -> list[Code]:
    """Return the scripts and styles of a page that its policy keeps from running.

    Args:
        html: The page.
        told: Its policy.
    """
    if all(_is_told(code, told) for code in codes_in(html)):
        return []
    return [code for code in codes_in(_as_read(html)) if not _is_told(code, told)]


def _is_told(code: Code, told: str) -> bool:
    if code.kind == "source":
        return is_allowed(code.text, "script-src", told)
    return hash_of(code.text) in told


def is_allowed(address: str, directive: str, told: str) -> bool:
    """Tell whether a policy lets a browser load something; what is on the site, it does.

    Args:
        address: Where it is.
        directive: What it is, as `img-src`.
        told: The policy.
    """
    if not is_foreign(address):
        return True
    for one in told.split("; "):
        name, *sources = one.split(" ")
        if name == directive:
            return any(covers(source, address) for source in sources)
    return False


def styled(html: str) -> str | None:
    """Return the first tag with a `style` of its own, which no policy allows; None without one.

    Args:
        html: HTML.
    """
    found: list[str] = []

    def note(tag: str, name: str, value: str) -> str:
        if name == "style":
            found.append(f'<{tag} style="{value}">')
        return value

    if "style" in html.lower():
        nh3.clean(html, tags=_ANY, attributes={"*": {"style"}}, attribute_filter=note)
    return found[0] if found else None


def _as_read(html: str) -> str:
    """Return the scripts and styles that a browser finds in a page, in plain writing.

    What stands in a comment or in the value of an attribute is none.
    """
    about = {"script": {"src", "type"}}
    return nh3.clean(html, tags=_CODES, clean_content_tags=set(), attributes=about, link_rel=None)
