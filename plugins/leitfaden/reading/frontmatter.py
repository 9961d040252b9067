"""The front matter: python-frontmatter loads it, YAML's node tree says where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.resolver import Resolver

from leitfaden.contract.yamlloader import SafeLoader
from leitfaden.model import Defect, DefectKind, FrontMatter, MetadataEntry, Span
from leitfaden.reading.quick import make_span, make_tuple
from leitfaden.reading.turning import straightened

# Real front matter has 500 characters and one level. The bounds keep a hostile one from costing
# memory (aliases that multiply), the interpreter's stack (nesting) or time (numbers).
MAX_CHARACTERS = 64_000
MAX_DEPTH = 20
MAX_DIGITS = 100

_HANDLER = YAMLHandler()
_STRING = "tag:yaml.org,2002:str"
_UNQUOTED = (True, False)  # how the resolver is told so
_LONGEST = 100  # of what is kept in mind
_NESTING = "[{-?:"
# Lines of which YAML makes nothing else than what is written: a comment, or a key with a plain
# value. Nearly all real front matter has no others.
_PLAIN = r"\w ./()+,&-"
_KEY = r"[A-Za-z_][A-Za-z0-9_.-]{,99}"
_FLAT = re.compile(rf"(?:#[{_PLAIN}]*|({_KEY}): ([A-Za-z0-9][{_PLAIN}]*))\n")
_BOM = "\ufeff"


_resolved: Any = Resolver().resolve
_remembered: Any = lru_cache(maxsize=10_000)(_resolved)


def _tag(kind: type[yaml.Node], value: str | None, implicit: object) -> str:
    long = value is not None and len(value) > _LONGEST
    tag: str = (_resolved if long else _remembered)(kind, value, implicit)
    return tag


class _Refused(ValueError):
    """YAML that is well-formed and not accepted in front matter."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A key at the top level, and its value or why it has none."""

    key: yaml.Node
    node: yaml.Node
    value: object = None
    wrong: str = ""


class _ItemLoader(SafeLoader):
    """Loads the top level key by key: a value that cannot be read takes no other one with it."""

    def get_single_data(self) -> list[_Item] | None:
        """Return the items; an empty list without any text, None if it is no mapping."""
        node = self.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode) or node.tag != "tag:yaml.org,2002:map":
            return None
        return [self._item(key, value) for key, value in node.value]

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
        """Return the tag of a node; pages write the same keys and values again and again."""
        return _tag(kind, value, implicit)

    def _item(self, key: yaml.Node, node: yaml.Node) -> _Item:
        if not isinstance(key, yaml.ScalarNode):
            return _Item(key, node, wrong="a list or a mapping cannot be a key")
        if node.tag == _STRING and isinstance(node, yaml.ScalarNode):
            return _Item(key, node, node.value)
        try:
            return _Item(key, node, self.construct_object(node, deep=True))
        except Exception as error:  # what PyYAML's constructors raise is not documented
            return _Item(key, node, wrong=_reason(error))


def _integer(loader: _ItemLoader, node: yaml.ScalarNode) -> object:
    if len(node.value) > MAX_DIGITS:  # Python itself refuses to print such a number
        raise _Refused(f"a number of more than {MAX_DIGITS} digits")
    return loader.construct_yaml_int(node)


_ItemLoader.add_constructor("tag:yaml.org,2002:int", _integer)


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter at the beginning of a text.

    Args:
        text: The whole text of the page, without a byte order mark.
    """
    assert _HANDLER.FM_BOUNDARY is not None
    opening = _HANDLER.FM_BOUNDARY.match(text)
    if opening is None:
        return FrontMatter(Span(0, 0))
    # To look for three dashes first is much quicker than to try the pattern at each line.
    dashes = text.find("\n---", opening.end())
    closing = _HANDLER.FM_BOUNDARY.search(text, dashes + 1) if dashes >= 0 else None
    if closing is None:
        opened = Span(0, opening.end())
        return FrontMatter(Span(0, 0), (), (Defect(DefectKind.FRONT_MATTER_UNCLOSED, opened),))
    # The boundary's pattern may run over blank lines: the front matter ends with the fence's line.
    inner = Span(_behind_line(text, opening.start()), closing.start())
    return _load(text, inner, Span(0, _behind_line(text, closing.start())))


def _behind_line(text: str, offset: int) -> int:
    return text.find("\n", offset) + 1 or len(text)


def _load(text: str, inner: Span, whole: Span) -> FrontMatter:
    yaml_text = inner.of(text)
    try:
        _bound(yaml_text)
        flat = _flat(text, inner)
        if flat is not None:
            return FrontMatter(whole, tuple(flat))
        items: list[_Item] | None = _HANDLER.load(yaml_text, Loader=_ItemLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return FrontMatter(whole, (), (_broken(error, inner),))
    if items is None:
        return FrontMatter(whole, (), (Defect(DefectKind.FRONT_MATTER_NOT_A_MAPPING, inner),))
    # libyaml does not count a mark at its beginning.
    offset = inner.start + yaml_text.startswith(_BOM)
    return _entries(items, text, Span(offset, inner.end), whole)


def _flat(text: str, inner: Span) -> list[MetadataEntry] | None:
    """Return the entries of front matter that is flat and plain text, in a third of YAML's time.

    Whatever is not certain to be so is left to YAML: other types, quotes, keys written twice.
    """
    entries: list[MetadataEntry] = []
    at, end = inner
    while at < end:
        line = _FLAT.match(text, at, end)
        if line is None:
            return None
        at = line.end()
        key, value = line.groups()
        if key is None:
            continue
        value = value.rstrip(" ")
        if _tag(yaml.ScalarNode, value, _UNQUOTED) != _STRING:
            return None
        start = line.start()
        behind = start + len(key)
        key_span = make_tuple(Span, (start, behind))
        value_span = make_tuple(Span, (behind + 2, behind + 2 + len(value)))
        entries.append(make_tuple(MetadataEntry, (key, key_span, value, value_span)))
    return entries if len({entry.key for entry in entries}) == len(entries) else None


def _bound(yaml_text: str) -> None:
    """Refuse what would be costly to load.

    Raises:
        _Refused: It is too long, nested too deeply, or uses aliases.
    """
    if len(yaml_text) > MAX_CHARACTERS:
        raise _Refused(f"front matter of more than {MAX_CHARACTERS:,} characters")
    if "*" not in yaml_text and sum(map(yaml_text.count, _NESTING)) < 200:
        return
    depth = 0
    for event in yaml.parse(yaml_text, Loader=SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("aliases (`*name`) are not accepted in front matter")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _Refused(f"front matter nested deeper than {MAX_DEPTH} levels")


def _broken(error: Exception, inner: Span) -> Defect:
    mark = None
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
    at = min(inner.start + (mark.index if mark else 0), inner.end)
    return Defect(DefectKind.FRONT_MATTER_BROKEN, Span(at, inner.end), _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        return error.problem or error.context or "not YAML"
    if isinstance(error, (yaml.YAMLError, ValueError)):
        return " ".join(str(error).split())
    return "a value that its type does not have"


def _entries(items: list[_Item], text: str, inner: Span, whole: Span) -> FrontMatter:
    entries: list[MetadataEntry] = []
    defects: list[Defect] = []
    seen: set[str] = set()
    for item in items:
        key_span, value_span = _span(item.key, inner), _span(item.node, inner)
        if item.wrong:
            defects.append(Defect(DefectKind.FRONT_MATTER_BROKEN, value_span, item.wrong))
        if not isinstance(item.key, yaml.ScalarNode):
            continue
        key = str(item.key.value)
        if key in seen:
            defects.append(Defect(DefectKind.FRONT_MATTER_DUPLICATE_KEY, key_span, key))
        seen.add(key)
        value = value_span.of(text) if item.wrong else straightened(item.value)
        entries.append(MetadataEntry(key, key_span, value, value_span))
    return FrontMatter(whole, tuple(entries), tuple(defects))


def _span(node: yaml.Node, inner: Span) -> Span:
    end = min(inner.start + node.end_mark.index, inner.end)
    return make_span(min(inner.start + node.start_mark.index, end), end)
