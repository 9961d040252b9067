"""What a contract lets pages load besides the site's own files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leitfaden.contract import Contract, Policy


def test_nothing_unless_it_says_so(small: Callable[[str], Contract]) -> None:
    assert small("").policy == Policy()
    assert Policy().enforced


@pytest.mark.parametrize(
    "origin",
    [
        "images.example",
        "https://images.example",
        "https://images.example:8443/a/b.png",
        "*.images.example/a/",
        "wss://live.example",
        "localhost:8000",
    ],
)
def test_hosts_and_parts_of_them(small: Callable[[str], Contract], origin: str) -> None:
    assert small(f"policy: {{images: ['{origin}']}}").policy.images == (origin,)


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https:",
        "data:",
        "''unsafe-inline''",
        "a.example; script-src *",
        "a.example b.example",
        "a.example,b.example",
        "https://*",
        'a.example"><script>',
        "javascript://a.example",
        "A.example?",
    ],
)
def test_all_else_is_refused(told: Callable[[str], list[str]], origin: str) -> None:
    text = "source: en\nlocales:\n  en: {name: English}\n"
    (line,) = told(f"{text}policy:\n  images: ['{origin}']\n")
    assert "LF905" in line
    assert "is no host" in line
    assert "Write one such as `https://images.example`." in line
