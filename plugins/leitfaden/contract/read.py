"""The text of a contract → `Contract`: tree, keys, models, meaning, in this order."""

from __future__ import annotations

from leitfaden.contract.build import build
from leitfaden.contract.checks import check_meaning
from leitfaden.contract.contract import Contract
from leitfaden.contract.draft import Draft
from leitfaden.contract.keys import check_keys
from leitfaden.contract.problem import Code, Problems
from leitfaden.contract.settle import settle
from leitfaden.contract.tree import MapNode, Node, Scalar, compose


def read(text: str, problems: Problems) -> Contract:
    """Read a contract.

    Raises:
        ContractError: Something is wrong; it tells everything that is.
    """
    draft = Draft(_mapping(compose(text, problems), problems), problems)
    check_keys(draft)
    file = settle(draft)
    if file is not None:
        check_meaning(draft, file)
    if file is None or problems:
        raise problems.error()
    return build(draft, file)


def _mapping(root: Node, problems: Problems) -> MapNode:
    """Return the root; a key that stands there without a value counts as not given."""
    if isinstance(root, Scalar) and root.value is None:
        return MapNode(root.start, root.end)
    if not isinstance(root, MapNode):
        message = "The contract must be a mapping with `source` and `locales`."
        problems.add(Code.NOT_ALLOWED, root.start, root.end, message, "Write `source: en` first.")
        raise problems.error()
    root.entries = {
        key: entry
        for key, entry in root.entries.items()
        if not (isinstance(entry.value, Scalar) and entry.value.value is None)
    }
    return root
