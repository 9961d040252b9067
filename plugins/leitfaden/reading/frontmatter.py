"""The front matter: python-frontmatter loads it, YAML's node tree says where it stands."""

from __future__ import annotations

from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from leitfaden.model import Defect, DefectKind, FrontMatter, MetadataEntry, Span

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

# Real front matter has 500 characters and one level. The bounds keep a hostile one from costing
# memory (aliases that multiply) or the interpreter's stack (nesting).
MAX_CHARACTERS = 64_000
MAX_DEPTH = 20

_HANDLER = YAMLHandler()
_NESTING = "[{-?:"


class _Refused(ValueError):
    """YAML that is well-formed and not accepted in front matter."""


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter at the beginning of a text.

    Args:
        text: The whole text of the page, without a byte order mark.
    """
    if not _HANDLER.detect(text):
        return FrontMatter(Span(0, 0))
    assert _HANDLER.FM_BOUNDARY is not None
    fences = _HANDLER.FM_BOUNDARY.finditer(text)
    opening, closing = next(fences), next(fences, None)
    if closing is None:
        opened = Span(0, opening.end())
        return FrontMatter(Span(0, 0), (), (Defect(DefectKind.FRONT_MATTER_UNCLOSED, opened),))
    # The boundary's pattern may run over blank lines: the front matter ends with the fence's line.
    first_line_end = _behind_line(text, opening.start())
    whole = Span(0, _behind_line(text, closing.start()))
    return _load(text, Span(first_line_end, closing.start()), whole)


def _behind_line(text: str, offset: int) -> int:
    ends = [end for end in (text.find("\n", offset), text.find("\r", offset)) if end >= 0]
    if not ends:
        return len(text)
    end = min(ends)
    return end + (2 if text.startswith("\r\n", end) else 1)


def _load(text: str, inner: Span, whole: Span) -> FrontMatter:
    yaml_text = inner.of(text)
    try:
        _bound(yaml_text)
        node, value = _compose(yaml_text)
    except yaml.MarkedYAMLError as error:
        return FrontMatter(whole, (), (_broken(error, inner),))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        defect = Defect(DefectKind.FRONT_MATTER_BROKEN, inner, " ".join(str(error).split()))
        return FrontMatter(whole, (), (defect,))
    if node is None:
        return FrontMatter(whole)
    if not isinstance(node, yaml.MappingNode) or not isinstance(value, dict):
        return FrontMatter(whole, (), (Defect(DefectKind.FRONT_MATTER_NOT_A_MAPPING, inner),))
    return _entries(node, value, inner, whole)


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


def _compose(yaml_text: str) -> tuple[yaml.Node | None, Any]:
    """Load the YAML once and return the node tree with the values."""
    seen: list[yaml.Node | None] = []

    class PositionLoader(SafeLoader):
        def get_single_node(self) -> yaml.Node | None:
            node: yaml.Node | None = super().get_single_node()
            seen.append(node)
            return node

    value = _HANDLER.load(yaml_text, Loader=PositionLoader)
    return (seen[0] if seen else None), value


def _broken(error: yaml.MarkedYAMLError, inner: Span) -> Defect:
    mark = error.problem_mark or error.context_mark
    at = min(inner.start + (mark.index if mark else 0), inner.end)
    reason = error.problem or error.context or "not YAML"
    return Defect(DefectKind.FRONT_MATTER_BROKEN, Span(at, inner.end), reason)


def _entries(
    node: yaml.MappingNode, value: dict[Any, Any], inner: Span, whole: Span
) -> FrontMatter:
    entries: list[MetadataEntry] = []
    defects: list[Defect] = []
    by_text = {str(key): item for key, item in value.items()}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        key_span = _span(key_node, inner)
        if any(entry.key == key for entry in entries):
            defects.append(Defect(DefectKind.FRONT_MATTER_DUPLICATE_KEY, key_span, key))
        entries.append(MetadataEntry(key, key_span, by_text.get(key), _span(value_node, inner)))
    return FrontMatter(whole, tuple(entries), tuple(defects))


def _span(node: yaml.Node, inner: Span) -> Span:
    end = min(inner.start + node.end_mark.index, inner.end)
    return Span(min(inner.start + node.start_mark.index, end), end)
