"""What pages include, and where that ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from leitfaden.model import Include, Inclusion, Refusal, Span, inclusions
from leitfaden.model.inclusion import MAX_DEPTH, MAX_PARTS, MAX_SIZE

NOWHERE = Span(0, 0)


class File(NamedTuple):
    """A page that is known by what it includes."""

    id: str
    includes: tuple[Include, ...]
    locale: str = "en"
    size: int = 1
    is_readable: bool = True


def include(name: str, refusal: Refusal | None = None) -> Include:
    return Include(name, NOWHERE, NOWHERE, True, "en", name, refusal)


def included(tree: Mapping[str, str], sizes: Mapping[str, int] | None = None) -> list[str]:
    """Return what the page `a` includes, each file by its name or why it is not there."""
    files = {
        name: File(name, tuple(map(include, inner)), size=(sizes or {}).get(name, 1))
        for name, inner in tree.items()
    }
    found: list[str] = []

    def note(parts: tuple[Inclusion[File], ...]) -> None:
        for part in parts:
            found.append(part.page.id if part.page else str(part.refusal))
            note(part.inner)

    note(inclusions(files["a"], lambda one: files.get(one.page_id)))
    return found


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        ({"a": ""}, []),
        ({"a": "bb", "b": "c", "c": ""}, ["b", "c", "b", "c"]),
        ({"a": "b"}, ["missing"]),
        ({"a": "a"}, ["cycle"]),
        ({"a": "b", "b": "c", "c": "b"}, ["b", "c", "cycle"]),
    ],
)
def test_files_are_found_in_the_order_of_the_page(tree: dict[str, str], found: list[str]) -> None:
    assert included(tree) == found


def test_depth_number_and_size_have_an_end() -> None:
    names = "abcdefghijklmnop"
    chain = dict(zip(names, names[1:] + "p", strict=True))
    assert included(chain) == [*names[1 : MAX_DEPTH + 1], "too-deep"]
    wide = {"a": "b" * 100, "b": "c" * 100, "c": ""}
    assert included(wide).count("c") + included(wide).count("b") == MAX_PARTS
    great = included({"a": "bcb", "b": "", "c": ""}, {"b": MAX_SIZE - 1, "c": 2})
    assert great == ["b", "too-much", "too-much"]


def test_work_is_bounded_whatever_includes_what() -> None:
    names = "abcdefgh"
    each = {name: names.replace(name, "") * 50 for name in names}
    assert len(included(each)) <= MAX_PARTS * len(each["a"]) + len(each["a"])


def test_what_the_path_already_refuses_is_not_looked_for() -> None:
    page = File("a", (include("b", Refusal.OUTSIDE),))
    (one,) = inclusions(page, lambda _: pytest.fail("looked for"))
    assert one.refusal is Refusal.OUTSIDE
