from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("more", "messages"),
    [
        (
            "kinds: {process: {pages: ['*']}}\n"
            "sections: {a: {en: A, de: A, required-in: [proces]}}",
            ["6:44: LF905 `proces` is not in `kinds`. Did you mean `process`?"],
        ),
        (
            "sections: {a: {en: A, de: A, required-in: [process]}}",
            ["5:44: LF905 `process` is not in `kinds`. Known there: `guidance`."],
        ),
        (
            "labels: {a: {en: A, de: A, vocabulary: roles, required-in: [proces]}}",
            ["5:61: LF905 `proces` is not in `kinds`. Known there: `guidance`."],
        ),
        (
            "sections: {steps: {en: A, de: A}, b: {en: B, de: B, within: step}}",
            ["5:61: LF905 `step` is not in `sections`. Did you mean `steps`?"],
        ),
        (
            "sections: {a: {en: A, de: A, within: a}}",
            [
                "5:38: LF905 The section `a` would stand within itself (`a`). "
                "Name the section that holds it."
            ],
        ),
        (
            "sections: {a: {en: A, de: A, within: b}, b: {en: B, de: B, within: a}}",
            [
                "5:38: LF905 The section `a` would stand within itself (`a`, `b`). "
                "Name the section that holds it."
            ],
        ),
        (
            "metadata: {required: [title, ms.date], values: {titel: [x]}, lists: [b]}",
            [
                "5:49: LF905 `titel` is neither in `metadata.required` nor in "
                "`metadata.optional`. Did you mean `title`?",
                "5:70: LF905 `b` is neither in `metadata.required` nor in "
                "`metadata.optional`. Add it to one of them.",
            ],
        ),
        (
            "metadata: {required: [author], people: {author: nick, autor: alias}}",
            [
                "5:49: LF905 `metadata.people.author` must be `name` or `alias`, "
                "not the text `nick`.",
                "5:55: LF905 `autor` is neither in `metadata.required` nor in "
                "`metadata.optional`. Did you mean `author`?",
            ],
        ),
        (
            "metadata: {required: title, values: {title: [x]}}",
            [
                "5:22: LF905 `metadata.required` must be a list, not the text `title`. "
                "Put it in brackets: [title]."
            ],
        ),
        (
            "phases: {assess: {en: A, de: A}}\nnavigation: [{phase: asses, pages: []}]",
            ["6:22: LF905 `asses` is not in `phases`. Did you mean `assess`?"],
        ),
        (
            "navigation: [{phase: assess, pages: []}]",
            ["5:22: LF905 `assess` is not in `phases`. `phases` is empty."],
        ),
        (
            "phases: {assess: A}\nnavigation: [{phase: assess, pages: []}]",
            [
                "5:18: LF905 `phases.assess` must be a mapping, not the text `A`. "
                "Write it as `{key: value}`."
            ],
        ),
    ],
)
def test_a_reference_to_what_does_not_exist(
    told_more: Told, more: str, messages: list[str]
) -> None:
    assert told_more(more) == messages
