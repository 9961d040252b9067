"""What axe-core finds on a page."""

from __future__ import annotations

from importlib.resources import files
from typing import Literal, TypeAlias

from playwright.sync_api import Page

Rules: TypeAlias = Literal["all", "colours", "others"]

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# The contrast of a text depends on how it and all that it stands in look, and axe takes longer to
# measure it than for all else. So it judges one text of each look, and only where that one is
# neither good nor bad (too short, half hidden, switched off) all the others, too.
_FIND = """async rules => {
  const STYLE = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight",
    "textShadow", "filter", "mixBlendMode", "position"]
  const COLOURS = ["color-contrast", "link-in-text-block"]
  const looks = new Map()

  const look = element => {
    if (!element) return ""
    if (!looks.has(element)) {
      const style = getComputedStyle(element)
      const own = [element.localName, element.getAttribute("class"), element.matches(":disabled"),
        element.getAttribute("aria-disabled"), ...STYLE.map(name => style[name])]
      const whole = `${look(element.parentElement)} > ${own.join()}`
      if (!looks.has(whole)) looks.set(whole, looks.size)
      looks.set(element, looks.get(whole))
    }
    return looks.get(element)
  }

  const contrast = async elements => {
    if (!elements.length) return { violations: [], passes: [] }
    return await axe.run({ include: elements }, {
      runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true,
    })
  }

  const contrasts = async () => {
    const groups = new Map()
    for (const element of document.body.querySelectorAll("*")) {
      const isField = element.matches("button, input, select, textarea")
      const isText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
      if (!isText && !isField || !element.checkVisibility()) continue
      const key = look(element)
      groups.set(key, [...groups.get(key) ?? [], element])
    }
    const all = [...groups.values()]
    const first = await contrast(all.map(group => group[0]))
    const nodes = [...first.violations, ...first.passes].flatMap(one => one.nodes)
    const judged = new Set(nodes.map(node => node.element))
    const second = await contrast(
      all.filter(group => !judged.has(group[0])).flatMap(group => group.slice(1))
    )
    return [...first.violations, ...second.violations]
  }

  const ruled = {
    all: { rules: { "color-contrast": { enabled: false } } },
    colours: { runOnly: ["link-in-text-block"] },
    others: { rules: Object.fromEntries(COLOURS.map(name => [name, { enabled: false }])) },
  }
  const { violations } = await axe.run(document, { ...ruled[rules], resultTypes: ["violations"] })
  if (rules !== "others") violations.push(...await contrasts())
  return violations.map(({ id, nodes }) => [id, nodes.slice(0, 5).map(node => node.target)])
}"""


def barriers(page: Page, rules: Rules = "all") -> list[str]:
    """Return what axe finds on a page as it stands.

    Args:
        page: The page.
        rules: All, those that look at colours, or the others. Only what the first say depends on
            the colour scheme.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    return [f"{rule} {targets}" for rule, targets in page.evaluate(_FIND, rules)]


def rules_in(scheme: str) -> Rules:
    """Return the rules for a colour scheme of a page that is looked at in both.

    Args:
        scheme: Light or dark.
    """
    return "all" if scheme == "light" else "colours"
