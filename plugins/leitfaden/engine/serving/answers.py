"""What a browser is answered."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from hashlib import blake2b
from html import escape
from urllib.parse import quote

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
RESERVED = "/_leitfaden/"
"""What the server's own addresses begin with; no page has such a one."""
SCRIPT = f"{RESERVED}live.js"

# What the system says of these differs from one machine to the next.
_TYPES = {
    "css": "text/css",
    "csv": "text/csv",
    "gz": "application/gzip",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
_WITH_CHARSET = ("text/", "application/json", "application/xml", "image/svg")


@dataclass(frozen=True)
class Answer:
    """An answer.

    Args:
        body: What is sent.
        kind: Its content type.
        status: The status code.
        headers: Further headers.
    """

    body: bytes
    kind: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())

    @property
    def digest(self) -> str:
        """What stands for its bytes."""
        return blake2b(self.body, person=str(self.status).encode(), digest_size=12).hexdigest()

    @property
    def is_page(self) -> bool:
        """Whether it is shown in a tab, which can be told of changes."""
        return self.kind == HTML


def with_script(answer: Answer, uri: str) -> bytes:
    """Return a page with the script by which its tab is told of changes.

    Args:
        answer: The page.
        uri: Its path below the site.
    """
    about = f'data-page="{escape(quote(uri))}" data-seen="{answer.digest}"'
    script = f'<script src="{SCRIPT}" defer {about}></script>'.encode()
    before, end, behind = answer.body.rpartition(b"</body>")
    return b"".join((before, script, end, behind)) if end else answer.body + script


def redirected(address: str) -> Answer:
    """Return an answer that leads to another address."""
    return Answer(b"", TEXT, 302, (("Location", address),))


def type_of(name: str) -> str:
    """Return the content type of a file by its name."""
    ending = name.rpartition(".")[2].lower()
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_WITH_CHARSET) else kind
