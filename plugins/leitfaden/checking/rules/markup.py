"""HTML in pages that does more than show: what the site takes out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract.anchors import heading_ids, is_taken
from leitfaden.contract.markup import (
    ACTING,
    CONVERTED_TAGS,
    SHOWN_AS_TEXT,
    TAGS,
    is_address,
    is_allowed,
    is_event,
    is_of_frame,
    is_of_theme,
)
from leitfaden.contract.targets import is_safe
from leitfaden.model import Severity, Span
from leitfaden.model.rawhtml import Attribute, PageTag, tags_of

# What Python-Markdown takes for attributes of the element before it: `{: onclick="…" }`.
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\n]*+\}")
_EVENT_IN_LIST = re.compile(r"(?<![\w.#-])(on[a-z]+)\s*=", re.IGNORECASE)


@page_rule(
    "LF615",
    "html-acts",
    "`<{tag}>` could run code or load something foreign; the site shows it as text.",
    "Delete it; to write about it, put it between backticks.",
    variants={
        "element": Wording(
            "`<{tag}>` could run code or load something foreign; the site leaves it out.",
            "Delete it; to write about it, put it between backticks.",
        ),
        "event": Wording(
            "The attribute `{name}` of `<{tag}>` could run code; the site leaves it out.",
            "Delete it.",
        ),
        "list": Wording(
            "The attribute `{name}` could run code; the site leaves it out.", "Delete it."
        ),
        "address": Wording(
            "The address `{target}` of `<{tag}>` could run code; the site leaves it out.",
            "Link to a page or to a web address.",
        ),
    },
    copied=True,
    needs=("<", "{"),
)
def html_acts(subject: Subject) -> Iterator[Finding]:
    """Report HTML that could run code in a reader's browser, or bring something foreign in.

    ## What it does
    Looks at the HTML of a page for elements such as `<script>`, `<iframe>` and `<form>`, for
    attributes that hold code such as `onclick`, and for addresses that a browser runs, such as
    `javascript:`. With `trust: full` in `playbook.yml` pages may have all that.

    ## Why
    Whoever can write a page could take over what its readers see and do there. So the site takes
    such things out, and what was to be seen is missing.

    ## Example
    ```markdown
    <a href="plan.md" onclick="track()">The plan</a>

    <iframe src="https://forms.example.com/feedback"></iframe>
    ```

    ## Use instead
    ```markdown
    [The plan](plan.md)

    [Tell us what you think](https://forms.example.com/feedback)
    ```

    ## Fix
    None: write in Markdown what was meant.
    """
    if subject.contract.trusts_writers:
        return
    is_ours = _is_ours(subject)
    events: set[int] = set()
    for one in subject.once(_opening):
        tag = one.tag
        if tag.name in ACTING and (is_ours or tag.name != "svg"):
            shown = is_ours and tag.name in SHOWN_AS_TEXT
            yield found(_name_of(one), "" if shown else "element", tag=tag.name)
        for attribute in tag.attributes:
            span = one.span(attribute.start, attribute.end)
            if is_event(attribute.name):
                events.add(span.start)
                yield found(span, "event", name=attribute.name, tag=tag.name)
            elif is_address(attribute.name) and not _is_harmless(attribute):
                yield found(span, "address", target=attribute.value.strip(), tag=tag.name)
    for span in () if is_ours else _listed_events(subject):
        if span.start not in events:
            yield found(span, "list", name=span.of(subject.text).lower())


def _is_ours(subject: Subject) -> bool:
    return not subject.page.is_by_mkdocs


def _opening(subject: Subject) -> Sequence[PageTag]:
    """Return the tags of a page's HTML that open elements."""
    return [one for one in tags_of(subject.page) if one.tag.is_whole and not one.tag.is_closing]


def _name_of(one: PageTag) -> Span:
    """Return where a tag's beginning stands, without its attributes."""
    return one.span(one.tag.start, one.tag.start + 1 + len(one.tag.name))


def _is_harmless(attribute: Attribute) -> bool:
    """Tell whether an address, or each of a list of them, cannot run code."""
    if attribute.name == "srcdoc":
        return False
    addresses = attribute.value.split(",") if attribute.name == "srcset" else (attribute.value,)
    return all(map(is_safe, addresses))


def _listed_events(subject: Subject) -> Iterator[Span]:
    """Yield the names of attributes that hold code in lists of attributes behind elements."""
    body = subject.body
    for attributes in _ATTRIBUTE_LIST.finditer(subject.text, body.start, body.end):
        if not subject.in_code(attributes.start()):
            for event in _EVENT_IN_LIST.finditer(subject.text, *attributes.span()):
                yield Span(*event.span(1))


@page_rule(
    "LF616",
    "html-attribute-left-out",
    "The site leaves out the attribute `{name}` of `<{tag}>`.",
    "Delete it, and say in Markdown what it was to do.",
    severity=Severity.NOTICE,
    variants={
        "anchor": Wording(
            "The site leaves out the attribute `name` of `<a>`, so no link leads there.",
            "Write `id` in its place.",
        ),
        "looks": Wording(
            "The site leaves out the attribute `{name}` of `<{tag}>`: looks are not a page's.",
            "Delete it.",
        ),
    },
    copied=True,
    repeats=True,
    needs=("<",),
)
def html_attribute_left_out(subject: Subject) -> Iterator[Finding]:
    """Report attributes of HTML that pages cannot have.

    ## What it does
    Looks at the HTML of a page for attributes that are not among those that a page may have: `id`,
    `title`, `lang`, `dir` and `aria-label` everywhere, and what links, images, lists, table cells
    and `<details>` need. Pages with `renderer: mkdocs` may also have classes, but for those of the
    theme's own frame. Attributes that hold code have a rule of their own, `LF615`.

    ## Why
    With `style`, `class` or `data-` attributes a page could look like the site's own navigation,
    or lay itself over it. GitHub leaves them out as well.

    ## Example
    ```markdown
    <a name="contacts"></a>

    <div style="color: red">Book the room first.</div>
    ```

    ## Use instead
    ```markdown
    <a id="contacts"></a>

    > [!IMPORTANT]
    > Book the room first.
    ```

    ## Fix
    None: what an attribute was to do has to be said in another way.
    """
    if subject.contract.trusts_writers:
        return
    converted = not _is_ours(subject)
    known = CONVERTED_TAGS if converted else TAGS
    for one in subject.once(_opening):
        tag = one.tag
        for attribute in tag.attributes if tag.name in known else ():
            name = attribute.name
            kept = is_allowed(tag.name, name, converted) and not _is_framed(attribute)
            if not kept and not is_event(name):
                variant = "looks" if name in _LOOKS else ""
                variant = "anchor" if (tag.name, name) == ("a", "name") else variant
                span = one.span(attribute.start, attribute.end)
                yield found(span, variant, name=name, tag=tag.name)


def _is_framed(attribute: Attribute) -> bool:
    """Tell whether an attribute gives an element the looks of what stands around the content."""
    return attribute.name == "class" and any(map(is_of_frame, attribute.value.split()))


_LOOKS = frozenset(
    [
        "align",
        "background",
        "bgcolor",
        "border",
        "class",
        "color",
        "face",
        "size",
        "style",
        "valign",
    ]
)


@page_rule(
    "LF617",
    "html-id-left-out",
    "The id `{id}` belongs to the site itself, so the site leaves it out here.",
    "Choose another one, and correct the links to it.",
    severity=Severity.WARNING,
    variants={
        "blanks": Wording(
            "The id `{id}` holds a blank, so the site leaves it out.",
            "Write hyphens in place of blanks, also in the links to it.",
        ),
        "twice": Wording(
            "The id `{id}` is that of something else on the page, so the site leaves it out here.",
            "Choose another one, and correct the links to it.",
        ),
        "renamed": Wording(
            "The id `{id}` looks like one of the theme's; the site makes it `section-{id}`.",
            "Choose another one, and correct the links to it.",
        ),
    },
    copied=True,
    needs=("<",),
)
def html_id_left_out(subject: Subject) -> Iterator[Finding]:
    """Report ids in HTML that the site cannot let a page have.

    ## What it does
    Looks at the ids in the HTML of a page for those that the site's own elements have, such as
    `task-4047` or all that begin with `__`, for those that a heading or an element above has
    already, and for blanks.

    ## Why
    The site's scripts find its elements by their ids: a page that has the same could put itself in
    their place. Of two elements with the same id, a link leads only to the first.

    ## Example
    ```markdown
    <a id="__search"></a>
    ```

    ## Use instead
    ```markdown
    <a id="how-to-search"></a>
    ```

    ## Fix
    None: choose another id, and correct the links to it.
    """
    if subject.contract.trusts_writers:
        return
    ids = [
        (one, attribute)
        for one in subject.once(_opening)
        for attribute in one.tag.attributes
        if attribute.name == "id" and one.tag.name in TAGS
    ]
    if not _is_ours(subject):
        for one, attribute in ids:
            if is_of_theme(attribute.value):
                yield found(one.span(attribute.start, attribute.end), "renamed", id=attribute.value)
        return
    # A translation's headings may have those of its source.
    own = subject.page if ids and subject.is_source else None
    seen = set(heading_ids(own, None, subject.contract)) if own else set()
    for one, attribute in ids:
        name = attribute.value
        span = one.span(attribute.start, attribute.end)
        if any(map(str.isspace, name)):
            yield found(span, "blanks", id=name)
        elif is_taken(name, subject.contract):
            yield found(span, id=name)
        elif name in seen:
            yield found(span, "twice", id=name)
        seen.add(name)
