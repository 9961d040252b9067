"""axe-core on each kind of page, in both languages, schemes and sizes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, barriers

pytestmark = pytest.mark.browser

# Those that readers meet most are looked at in both colour schemes at both sizes. Their contrast is
# measured in all of these looks, too, in two of them in one language, in two in the other.
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
    "print": "print/assess/",
    "rules": "rules/",
    "rule": "rules/LF112/",
}
LOOKS = [(scheme, width) for width in (360, 1440) for scheme in ("light", "dark")]


def looked_at(prefix: str, scheme: str, width: int) -> list[str]:
    """Return the kinds for one language and look: all looks have the same number of them.

    Args:
        prefix: Of the language's addresses.
        scheme: Light or dark.
        width: Of the window.
    """
    turn = LOOKS.index((scheme, width)) + (prefix != "/")  # the other language has other looks
    own = [kind for at, kind in enumerate(KINDS) if at % len(LOOKS) == turn % len(LOOKS)]
    return list(dict.fromkeys([*MAIN, *own]))


@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_each_kind_of_page_is_looked_at_in_each_language(prefix: str) -> None:
    assert {kind for look in LOOKS for kind in looked_at(prefix, *look)} == set(KINDS)


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
        has_contrast = LOOKS.index((scheme, width)) % 3 == 0
        for kind in looked_at(prefix, scheme, width):
            page = visit.open(f"{prefix}{KINDS[kind]}")
            contrast = kind not in MAIN or has_contrast == (prefix == "/")
            found += [f"{kind}: {one}" for one in barriers(page, contrast=contrast)]
    assert found == []
