"""`docs/<locale>/redirects.yml` ↔ redirects: the one home of the format.

```yaml
foo-partner-de:              # an old address below the site's root
  page: foo-partner          # the page's id; readers get it in the locale of the folder
  anchors:                   # old anchors that are called otherwise today; may be missing
    outputs: key-outputs
old/name: other-page         # short, without anchors
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import yaml
from yaml.resolver import Resolver

from leitfaden.contract import nearest
from leitfaden.contract.problem import Code, ContractError, Problems
from leitfaden.contract.targets import scheme_of
from leitfaden.contract.tree import MAX_CHARACTERS, MapNode, Node, Scalar, compose
from leitfaden.model import Diagnostic, MovedAnchor, Place, Redirect
from leitfaden.reading.files import content_of
from leitfaden.reading.inventory import Inventory
from leitfaden.reading.source import decode

_PAGE, _ANCHORS = "page", "anchors"
_HEADER = "# Old addresses, and the pages of this language that they lead to.\n"
_LONGEST = 1000  # characters as they are written: YAML finds no colon behind a longer key
_LONGEST_NAME = 200  # bytes of a part of an address: file systems end at 255
_MOST_FAULTS = 1000  # of a file: a hostile one must not make a report of megabytes
_PLAIN = re.compile(r"\w[\w./-]*")
_STRING = "tag:yaml.org,2002:str"
_HTML = ".html"
_RESOLVER: Any = Resolver()


class FaultKind(StrEnum):
    """What can be wrong in a file of redirects."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NO_MAPPING = "no-mapping"
    ENTRY = "entry"  # neither a page's id nor a mapping with one
    KEY = "key"  # a mapping's key is unknown
    ANCHORS = "anchors"  # what should map anchors does not
    ANCHOR = "anchor"  # something else than an anchor
    TWICE = "twice"  # a key is there twice
    ABSOLUTE = "absolute"
    SCHEME = "scheme"
    QUERY = "query"
    PARTS = "parts"  # a part of an address is empty, or begins with a dot
    CHARACTER = "character"
    LONG = "long"


class RedirectFault(NamedTuple):
    """Something that is wrong in a file of redirects.

    Args:
        kind: What.
        place: Where.
        text: What is written there, or why it cannot be read.
        guess: What was probably meant.
    """

    kind: FaultKind
    place: Place
    text: str = ""
    guess: str | None = None


class RedirectFile(NamedTuple):
    """What a file of redirects says.

    Args:
        redirects: Its redirects, in its order.
        faults: What is wrong in it; whatever has a fault is not among the redirects.
    """

    redirects: tuple[Redirect, ...]
    faults: tuple[RedirectFault, ...] = ()


def read_redirects(data: bytes, *, path: str, locale: str) -> RedirectFile:
    """Read a file of redirects. Never raises: what cannot be read becomes a fault.

    Args:
        data: The file's content.
        path: The file, relative to the project, as findings name it.
        locale: The locale of its folder.
    """
    return _Reader(path, locale).read(data)


def redirects_text(redirects: Iterable[Redirect]) -> str:
    """Return redirects as the text of a file, sorted by address.

    Read again, they are the same; of two with the same address the first is kept. The locale is
    not written: the folder says it.

    Args:
        redirects: The redirects of one locale.
    """
    by_address: dict[str, Redirect] = {}
    for redirect in redirects:
        by_address.setdefault(redirect.address, redirect)
    lines = (line for _, redirect in sorted(by_address.items()) for line in _lines(redirect))
    return _HEADER + "".join(f"{line}\n" for line in lines)


def read_all(inventory: Inventory) -> tuple[RedirectFile, ...]:
    """Read the files of redirects of all locales, in the order of the locales.

    Args:
        inventory: The files of the playbook.
    """
    return tuple(
        read_redirects(content.data, path=file.path, locale=file.locale)
        if not content.problem
        else _refused(FaultKind.UNREADABLE, Place(file.path), content.problem)
        for file in inventory.redirects
        for content in (content_of(file.file),)
    )


def _refused(kind: FaultKind, place: Place, text: str = "") -> RedirectFile:
    return RedirectFile((), (RedirectFault(kind, place, text),))


class _Reader:
    """Reads one file.

    Args:
        path: The file.
        locale: The locale of its redirects.
    """

    def __init__(self, path: str, locale: str) -> None:
        self._path = path
        self._locale = locale
        self._faults: list[RedirectFault] = []

    def read(self, data: bytes) -> RedirectFile:
        """Read a file's content."""
        source, whole = decode(data), Place(self._path)
        if len(source.text) > MAX_CHARACTERS or (source.defects and not source.text):
            return _refused(FaultKind.TOO_LARGE, whole)
        if source.defects:
            return _refused(FaultKind.UNREADABLE, whole, source.defects[0].detail)
        problems = Problems(self._path)
        try:
            root = compose(source.plain, problems)
        except ContractError as error:
            self._take(error.diagnostics)
            return RedirectFile((), tuple(self._faults))
        self._take(problems.error().diagnostics)
        redirects = tuple(self._redirects(root))
        return RedirectFile(redirects, tuple(self._faults))

    def _take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note what is wrong with the YAML."""
        for one in diagnostics:
            kind = FaultKind.TWICE if one.code == Code.DUPLICATE_KEY else FaultKind.UNREADABLE
            text = one.message.removesuffix(".")
            self._faults.append(RedirectFault(kind, one.place, text))

    def _redirects(self, root: Node) -> Iterator[Redirect]:
        if isinstance(root, Scalar) and root.value is None:
            return  # nothing but comments
        if not isinstance(root, MapNode):
            self._note(FaultKind.NO_MAPPING, root)
            return
        for key, value in root.entries.values():
            address = self._address(key)
            read = self._target(key, value)
            if address is not None and read is not None:
                page, anchors = read
                yield Redirect(
                    address, page.text, self._locale, anchors, self._place(key), self._place(page)
                )

    def _address(self, key: Scalar) -> str | None:
        wrong = address_fault(key.text)
        if wrong is None:
            return _canonical(key.text)
        guess = key.text.lstrip("/") if wrong is FaultKind.ABSOLUTE else ""
        sure = guess if guess and address_fault(guess) is None else None
        self._note(wrong, key, key.text, sure)
        return None

    def _target(self, key: Scalar, value: Node) -> tuple[Scalar, tuple[MovedAnchor, ...]] | None:
        if isinstance(value, Scalar) and value.value is not None:
            return value, ()
        if not isinstance(value, MapNode):
            self._note(FaultKind.ENTRY, key, key.text)
            return None
        for known in value.entries.values():
            self._check_key(known.key)
        page = value.entries.get(_PAGE)
        if page is None or not isinstance(page.value, Scalar) or page.value.value is None:
            self._note(FaultKind.ENTRY, key, key.text)
            return None
        anchors = value.entries.get(_ANCHORS)
        return page.value, tuple(self._anchors(anchors.value)) if anchors else ()

    def _check_key(self, key: Scalar) -> None:
        if key.text not in (_PAGE, _ANCHORS):
            self._note(FaultKind.KEY, key, key.text, nearest(key.text, (_PAGE, _ANCHORS)))

    def _anchors(self, node: Node) -> Iterator[MovedAnchor]:
        if isinstance(node, Scalar) and node.value is None:
            return
        if not isinstance(node, MapNode):
            self._note(FaultKind.ANCHORS, node)
            return
        seen: set[str] = set()
        for key, value in node.entries.values():
            old, new = self._anchor(key), self._anchor(value)
            if old in seen:
                self._note(FaultKind.TWICE, key, key.text)
            elif old is not None and new is not None:
                seen.add(old)
                yield MovedAnchor(old, new, self._place(value))

    def _anchor(self, node: Node) -> str | None:
        text = node.text.removeprefix("#") if isinstance(node, Scalar) else ""
        anchor = _decoded(text)
        if not anchor or len(_encoded(anchor)) > _LONGEST or any(map(_is_control, anchor)):
            self._note(FaultKind.ANCHOR, node, text)
            return None
        return anchor

    def _note(self, kind: FaultKind, node: Node, text: str = "", guess: str | None = None) -> None:
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append(RedirectFault(kind, self._place(node), text, guess))

    def _place(self, node: Node) -> Place:
        return Place(self._path, node.start, node.end)


def address_fault(text: str) -> FaultKind | None:
    """Return why a text is no address below the site's root; None if it is one.

    Args:
        text: As it is written in a file of redirects.
    """
    address = _canonical(text)
    if address is None or not address.isprintable() or "\\" in address:
        return FaultKind.CHARACTER
    if address.startswith("/") and not address.startswith("//"):
        return FaultKind.ABSOLUTE
    if scheme_of(address) or address.startswith("//"):
        return FaultKind.SCHEME
    if "?" in address or "#" in address:
        return FaultKind.QUERY
    parts = address.split("/")
    if not all(map(_is_name, parts)):
        return FaultKind.PARTS
    if len(_encoded(address)) > _LONGEST or any(len(p.encode()) > _LONGEST_NAME for p in parts):
        return FaultKind.LONG
    return None


def _is_name(part: str) -> bool:
    """Tell whether a part of an address can be a file's name: not hidden, nor another folder's."""
    return bool(part) and not part.startswith(".") and part == part.strip()


def _canonical(text: str) -> str | None:
    """Return an address in the one form that it is compared and kept in."""
    decoded = _decoded(text)
    return None if decoded is None else decoded.removesuffix("/").removesuffix(_HTML)


def _decoded(text: str) -> str | None:
    """Return a text without percent-encoding; None if that encodes no text."""
    try:
        decoded = unquote(text, errors="strict")
        decoded.encode()  # YAML can write half of a surrogate pair, which no encoding has
    except UnicodeError:
        return None
    return decoded


def _encoded(text: str) -> str:
    """Return a text so that it is read as it is: what cannot be seen is percent-encoded."""
    return "".join(c if c != "%" and c.isprintable() else quote(c, safe="") for c in text)


def _is_control(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f"


def _lines(redirect: Redirect) -> Iterator[str]:
    ending = _HTML if redirect.address.endswith(_HTML) else ""  # which is not to be taken away
    key, page = _yaml(_encoded(redirect.address) + ending), _yaml(redirect.page_id)
    if not redirect.anchors:
        yield f"{key}: {page}"
        return
    yield f"{key}:"
    yield f"  {_PAGE}: {page}"
    yield f"  {_ANCHORS}:"
    for moved in sorted(redirect.anchors, key=lambda moved: moved.old):
        yield f"    {_anchor(moved.old)}: {_anchor(moved.new)}"


def _anchor(anchor: str) -> str:
    encoded = _encoded(anchor)
    return _yaml(f"%23{encoded[1:]}" if encoded.startswith("#") else encoded)


def _yaml(text: str) -> str:
    """Return a text as YAML, in quotation marks where any reader would need them."""
    if (
        _PLAIN.fullmatch(text)
        and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _STRING
    ):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
