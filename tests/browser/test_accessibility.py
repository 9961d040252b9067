"""axe-core on each kind of page, in both languages, schemes and sizes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import Rules, barriers
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# Those that readers meet most are looked at in both colour schemes at both sizes: for all that
# depends on the scheme in two of these looks in one language, in two in the other; for all else at
# both sizes in each language, in one scheme.
MAIN = {
    "home": "",
    "process": "assess-conduct-technical-assessment/",
    "finder": "tasks/",
}
KINDS = {
    **MAIN,
    "phase": "phases/assess/",
    "status": "status-blocked-app-compatibility/",
    "resource": "resources-bvd/",
    "glossary": "glossary/",
    "guide": "guide-for-writers/",
    "changes": "changes/",
    "translations": "status/",
    "map": "map/",
    "found": "tasks/?phase=assess&text=zzz",
    "task": "tasks/4071/",
    "checklist": "checklist/",
    "roles": "roles/",
    "role": "roles/fasttrack-manager/",
    "service": "services/exchange/",
    "motion": "motions/rfa/",
    "print": "print/remediate/",
    "rules": "rules/",
    "rule": "rules/LF112/",
}
LOOKS = [(scheme, width) for width in (360, 1440) for scheme in ("light", "dark")]


def looked_at(prefix: str, scheme: str, width: int) -> dict[str, Rules]:
    """Return the kinds for one language and look, and the rules for each.

    Args:
        prefix: Of the language's addresses.
        scheme: Light or dark.
        width: Of the window.
    """
    turn = LOOKS.index((scheme, width)) + (prefix != "/")  # the other language has other looks
    own = [kind for at, kind in enumerate(KINDS) if at % len(LOOKS) == turn % len(LOOKS)]
    of_main: Rules = "colours" if (scheme == "dark") == (prefix == "/") else "others"
    return {**dict.fromkeys(own, "all"), **dict.fromkeys(MAIN, of_main)}


@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_each_kind_of_page_is_looked_at_in_each_language(prefix: str) -> None:
    by_look = [looked_at(prefix, *look) for look in LOOKS]
    assert {kind for kinds in by_look for kind in kinds} == set(KINDS)
    assert [sum(kind in kinds for kinds in by_look) for kind in MAIN] == [4] * len(MAIN)


def test_all_rules_are_tried_on_what_readers_meet_most() -> None:
    looks = [(prefix, *look) for prefix in ("/", "/de/") for look in LOOKS]
    for kind in MAIN:
        by_rules = {
            rules: {look for look in looks if looked_at(*look)[kind] == rules}
            for rules in ("colours", "others")
        }
        assert {look[1:] for look in by_rules["colours"]} == set(LOOKS)
        assert {(prefix, width) for prefix, _, width in by_rules["others"]} == {
            (prefix, width) for prefix in ("/", "/de/") for width in (360, 1440)
        }


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_no_kind_of_page_has_a_barrier(
    chromium: Browser, address: str, prefix: str, scheme: str, width: int
) -> None:
    found: list[str] = []
    with chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ) as context:
        visit = Visit(context.new_page(), address)
        for kind, rules in looked_at(prefix, scheme, width).items():
            page = visit.open(f"{prefix}{KINDS[kind]}")
            found += [f"{kind}: {one}" for one in barriers(page, rules)]
    assert found == []


# One text of many that look alike; all of them; one that looks as nothing else.
@pytest.mark.parametrize(
    "pale", ["tbody tr:nth-child(7) td:nth-child(2)", "tbody td, tbody td *", "h1"]
)
def test_a_pale_text_is_a_barrier_wherever_it_stands(free_visit: Visit, pale: str) -> None:
    page = free_visit.open(f"/{MAIN['process']}")
    page.add_style_tag(content=f"{pale} {{ color: #ccc !important }}")
    assert [one.split()[0] for one in barriers(page, "colours")] == ["color-contrast"]


def test_what_cannot_be_judged_does_not_stand_for_what_looks_alike(free_visit: Visit) -> None:
    page = free_visit.open("/glossary/")
    texts = "".join(f"<p class='pale'>{text}</p>" for text in ("x", "y", "Longer"))
    page.locator("article").evaluate(
        "(article, html) => article.insertAdjacentHTML('beforeend', html)", texts
    )
    page.add_style_tag(content=".pale { color: #ccc !important }")
    assert [one.split()[0] for one in barriers(page)] == ["color-contrast"]
    assert barriers(page, "others") == []
