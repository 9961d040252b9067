"""axe-core on each kind of page, in both languages, schemes and sizes."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
KINDS = {
    "home": "",
    "process": "assess-conduct-technical-assessment/",
    "phase": "phases/assess/",
    "status": "status-blocked-app-compatibility/",
    "resource": "resources-bvd/",
    "glossary": "glossary/",
    "guide": "guide-for-writers/",
    "changes": "changes/",
    "finder": "tasks/",
    "found": "tasks/?phase=assess&text=zzz",
    "checklist": "checklist/",
    "rules": "rules/",
    "rule": "rules/LF112/",
}


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
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
        for kind, path in KINDS.items():
            page = visit.open(f"{prefix}{path}")
            page.evaluate(AXE)
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            for violation in result["violations"]:
                nodes = [node["target"] for node in violation["nodes"]][:5]
                found.append(f"{kind}: {violation['id']} {nodes}")
    assert found == []
