"""Links: whether they lead somewhere, and whether readers get there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitfaden.checking.addresses import (
    LanguageTag,
    WebAddress,
    is_host,
    language_tags,
    web_address,
    without_language,
)
from leitfaden.checking.edits import deleted, inserted, replaced
from leitfaden.checking.facts import LinkFact, PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found, shortened
from leitfaden.checking.links import Reach, Reached
from leitfaden.checking.rule import Wording, page_rule, told_elsewhere, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import nearest
from leitfaden.contract.anchors import is_taken
from leitfaden.contract.targets import scheme_of
from leitfaden.model import Confidence, Edit, Event, Fix, Link, Severity, Span

_RUNS_CODE = frozenset(("javascript", "vbscript", "data"))
_TASK_ANCHOR = re.compile(r"task-\d+")
_TOP = frozenset(("", "top"))  # what HTML itself knows as the beginning of every page
_MKDOCS = "mkdocs"  # `renderer` of a page that Python-Markdown turns into HTML


@tree_rule(
    "LF401",
    "link-broken",
    "The link leads to the page `{page}`, which does not exist.",
    "Correct the path, or remove the link.",
    variants={
        "file": Wording(
            "The link leads to the file `{file}`, which does not exist.",
            "Correct the path, or remove the link.",
        ),
        "elsewhere": Wording(
            "The link leads to the page `{page}`, which exists only in `{locales}`.",
            "Link to the page in a language that has it, or write it.",
        ),
    },
    copied=True,
    fixable="unsafe",
    yields_to=("LF412",),
)
def link_broken(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link to a page or a file that does not exist.

    ## What it does
    Looks up the target of each link that is a path: from the folder of the page, as GitHub's
    preview does. A page that waits for its translation counts as there, since readers get the
    source in its place.

    ## Why
    Readers who follow the link get an error page.

    ## Example
    ```markdown
    Ask for help: [Request an SME](resources-sme-requests.md)
    ```

    ## Use instead
    ```markdown
    Ask for help: [Request an SME](resources-sme-request.md)
    ```

    ## Fix
    Unsafe: the path is replaced by the one most like it, if one is like it.
    """
    for one in tree.links(facts):
        if not one.link.image and one.reach is Reach.ELSEWHERE:
            yield found(one.link.place, "elsewhere", page=one.page_id, locales=one.locale)
        elif not one.link.image and one.reach is Reach.MISSING:
            variant = "" if one.is_page else "file"
            fix = one.fix(safe=False)
            named = {"page" if one.is_page else "file": one.page_id}
            yield found(one.link.place, variant, guess=one.guess, fix=fix, **named)


@tree_rule(
    "LF402",
    "link-absolute-path",
    "The target `{target}` begins at the root of the server, wherever the site lies on it.",
    "Write the path as it is seen from this page's folder.",
    severity=Severity.WARNING,
    copied=True,
    fixable="unsafe",
)
def link_absolute_path(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link or an image whose path begins with `/`.

    ## What it does
    Looks at targets that begin with `/` or with a backslash and name no server.

    ## Why
    Such a path means something else on GitHub, in a preview and on the site, which need not lie
    at the root of its server. So nobody can check it, and a move of the site breaks it.

    ## Example
    ```markdown
    See the [resources](/playbook/resources-bvd.md).
    ```

    ## Use instead
    ```markdown
    See the [resources](resources-bvd.md).
    ```

    ## Fix
    Unsafe: where a page has the name, the path is replaced by the one from this page to it.
    """
    for one in tree.links(facts):
        if one.reach is Reach.ABSOLUTE:
            fix = one.fix(safe=False)
            yield found(one.link.place, guess=one.guess, fix=fix, target=one.link.target)


@tree_rule(
    "LF403",
    "link-unrecognised",
    "The target `{target}` names neither a page nor a file.",
    "Write a page's file with its `.md`, or a full address with `https://`.",
    severity=Severity.WARNING,
    variants={
        "unreadable": Wording("The target `{target}` is no valid address.", "Correct the address.")
    },
    copied=True,
    fixable="unsafe",
    yields_to=("LF412",),
)
def link_unrecognised(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link whose target is no page, no file and no address.

    ## What it does
    Looks at targets without a file's ending that no page and no file has as its name, and at
    addresses that cannot be read, such as `http://[`.

    ## Why
    The site leaves such a target as it is. Most often it is the rest of an address, or a word
    that was put in the wrong brackets, and readers get an error page.

    ## Example
    ```markdown
    Read about the [choice of a method](ChoosingAMethod).
    ```

    ## Use instead
    ```markdown
    Read about the [choice of a method](https://aka.ms/ChoosingAMethod).
    ```

    ## Fix
    Unsafe: where a page has a name like it, the target is replaced by the path to that page.
    """
    for one in tree.links(facts):
        if one.reach is Reach.UNREADABLE:
            yield found(one.link.place, "unreadable", target=one.link.target)
        elif one.reach is Reach.UNRECOGNISED:
            fix = one.fix(safe=False)
            yield found(one.link.place, guess=one.guess, fix=fix, target=one.link.target)


@tree_rule(
    "LF404",
    "link-unsafe",
    "The target `{target}` could run code; the site leaves it out.",
    "Link to a page or to a web address.",
    variants={
        "scheme": Wording(
            "The target `{target}` is no address on the web; the site leaves it out.",
            "Link to a page, or to an address that begins with `https://` or `mailto:`.",
        )
    },
    copied=True,
)
def link_unsafe(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link or an image whose target a browser could run, or that only one program knows.

    ## What it does
    Looks at the scheme of each target, as a browser reads it. `http`, `https`, `mailto`, `tel`
    and `ftp` are allowed; all others are not, `javascript:` and `data:` least of all.

    ## Why
    A target that runs code can do in the reader's name whatever the reader can do. The site
    shows the text and leaves out the link. The path of a drive, such as `C:`, leads nowhere on
    another computer.

    ## Example
    ```markdown
    [Print this page](javascript:print)
    ```

    ## Use instead
    ```markdown
    Print this page with the browser.
    ```

    ## Fix
    None: say in words what readers are to do, or link to a page that helps them.
    """
    for one in tree.links(facts):
        if one.reach is Reach.UNSAFE:
            variant = "" if scheme_of(one.link.target) in _RUNS_CODE else "scheme"
            yield found(one.link.place, variant, target=one.link.target)


@tree_rule(
    "LF405",
    "link-lost-suffix",
    "The page `{page}` is in the file `{file}`, not in the one that the link names.",
    "Write the file's name with its suffix.",
    severity=Severity.WARNING,
    variants={
        "ending": Wording(
            "The link to the page `{page}` lacks the ending `.md`.", "Write the file's full name."
        )
    },
    fixable="safe",
)
def link_lost_suffix(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link that names a page without its file's suffix.

    ## What it does
    Looks for links whose file is missing while the page is there: in a file with a locale's
    suffix of an older tree (`legacy-suffixes` in the contract), or under the same name with
    `.md`.

    ## Why
    The site finds a page in spite of a suffix, but GitHub's preview and every other tool don't.
    A link without `.md` is not even found by the site.

    ## Example
    ```markdown
    Zurück zur [Analyse](phase-assess.md)
    ```

    ## Use instead
    ```markdown
    Zurück zur [Analyse](phase-assess-de.md)
    ```

    ## Fix
    Safe: the name of the file is completed.
    """
    for one in tree.links(facts):
        if one.reach is Reach.SUFFIX:
            ending = not one.names_file
            file = {} if ending else {"file": one.meant or ""}
            variant = "ending" if ending else ""
            fix = one.fix(safe=True)
            guess = one.guess if ending else None
            yield found(one.link.place, variant, guess=guess, fix=fix, page=one.page_id, **file)


@tree_rule(
    "LF406",
    "link-case",
    "The file that the link names is written `{file}`, with other capital letters.",
    "Write the name as the file has it.",
    fixable="safe",
)
def link_case(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link to a file whose name has other capital letters.

    ## What it does
    Compares the target of each link with the names of the files, letter by letter.

    ## Why
    Windows and macOS find the file all the same. The site's server and GitHub don't, so the link
    works for its writer and for nobody else.

    ## Example
    ```markdown
    See [Deploy securely](Initiate-Deploy-Securely.md).
    ```

    ## Use instead
    ```markdown
    See [Deploy securely](initiate-deploy-securely.md).
    ```

    ## Fix
    Safe: the name is written as the file has it.
    """
    for one in tree.links(facts):
        if one.reach is Reach.CASE and not one.link.image:
            yield found(one.link.place, fix=one.fix(safe=True), file=one.meant)


@tree_rule(
    "LF407",
    "anchor-missing",
    "The page `{page}` has no anchor `{anchor}`.",
    "Take the anchor of the heading or of the task that readers should land at.",
    severity=Severity.WARNING,
    copied=True,
    fixable="unsafe",
)
def anchor_missing(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link to a place in a page that the page does not have.

    ## What it does
    Looks up what stands behind the `#` of a link among the headings and the tasks of the page
    that it leads to. Headings have the same anchors in every language: that of a known section
    is its key in the contract, that of another one comes from the source page's heading. A task's
    anchor is `task-` with its ID. Pages with a view of their own, and pages that Python-Markdown
    renders, are left to the build, which sees their finished HTML.

    ## Why
    Readers land at the top of a long page and have to look for the place themselves.

    ## Example
    ```markdown
    The workshop is described under [Approach](assess-conduct-security-workshop.md#aproach).
    ```

    ## Use instead
    ```markdown
    The workshop is described under [Approach](assess-conduct-security-workshop.md#approach).
    ```

    ## Fix
    Unsafe: the anchor is replaced by the one most like it, if one is like it.
    """
    for one in tree.links(facts):
        if one.anchor in _TOP or not one.page_id or one.reach not in _LEADS_TO_A_PAGE:
            continue
        page = facts if one.reach is Reach.HERE else tree.page(one.page_id, one.locale)
        if page and page.readable and _lacks(page, one.anchor, tree):
            near = nearest(one.anchor, sorted(tree.anchors(page)))
            guess = near and f"{one.link.target.partition('#')[0]}#{near}"
            fix = _anchor_fix(one, near)
            yield found(_anchor_span(one), guess=guess, fix=fix, page=page.id, anchor=one.anchor)


_LEADS_TO_A_PAGE = frozenset((Reach.HERE, Reach.PAGE, Reach.SUFFIX, Reach.COPY, Reach.FOREIGN))


def _lacks(page: PageFacts, anchor: str, tree: Tree) -> bool:
    """Tell whether a page certainly has no such anchor."""
    if anchor in tree.anchors(page):
        return False
    renderer = page.metadata.get("renderer")
    kind = tree.contract.kinds.get(page.kind)
    if (renderer and renderer.text == _MKDOCS) or (kind and kind.view):
        return False
    # Some are made when the page is rendered, as those of footnotes.
    return bool(_TASK_ANCHOR.fullmatch(anchor)) or not is_taken(anchor, tree.contract)


def _anchor_span(one: Reached) -> Span:
    """Return where the anchor is written; the link's target where that cannot be told."""
    span = one.link.target_span
    if _is_verbatim(one.link):
        return Span(span.start + one.link.target.index("#") + 1, span.end)
    return one.link.place


def _anchor_fix(one: Reached, anchor: str | None) -> Fix | None:
    if not anchor or not _is_verbatim(one.link):
        return None
    return replaced(_anchor_span(one), anchor, safe=False)


@tree_rule(
    "LF408",
    "link-other-language",
    "The link leads to the page `{page}` in `{locale}`, although there is one in `{own}`.",
    "Link to the page in the language of this one.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={
        "copy": Wording(
            "The link names a second file of the page `{page}`; the one that is published is "
            "`{file}`.",
            "Link to the file that is published.",
        )
    },
    fixable="unsafe",
)
def link_other_language(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link to a page in another language that the page's own language has as well.

    ## What it does
    Looks for links into the folder of another locale although the page is there in this page's
    locale too, and for links to a file that another file of the same page replaces: a copy
    without the suffix of the locale, left over from the source.

    ## Why
    Readers who chose a language end up in another one, and their next click stays there.

    ## Example
    ```markdown
    Weiter mit dem [Kick-off](../en/initiate-conduct-customer-kick-off.md)
    ```

    ## Use instead
    ```markdown
    Weiter mit dem [Kick-off](initiate-conduct-customer-kick-off.md)
    ```

    ## Fix
    Unsafe: the path is replaced by the one to the page in this page's language. If you mean the
    other language, ignore the finding for this line and say why.
    """
    for one in tree.links(facts):
        if one.reach is Reach.FOREIGN:
            fix = one.fix(safe=False)
            values = {"page": one.page_id, "locale": one.locale, "own": facts.locale}
            yield found(one.link.place, guess=one.guess, fix=fix, **values)
        elif one.reach is Reach.COPY:
            fix = one.fix(safe=False)
            file = one.meant or ""
            yield found(one.link.place, "copy", guess=None, fix=fix, page=one.page_id, file=file)


@page_rule(
    "LF409",
    "link-safelink",
    "The address is one that Outlook made of `{address}`.",
    "Write the address itself.",
    severity=Severity.WARNING,
    fixable="safe",
    copied=True,
)
def link_safelink(subject: Subject) -> Iterator[Finding]:
    """Report an address that was copied from a mail and leads through Outlook's SafeLinks.

    ## What it does
    Looks for addresses on `safelinks.protection.outlook.com` that hold another address.

    ## Why
    Such an address carries the mail address of whoever received it, breaks when the service
    changes, and hides from readers where it leads.

    ## Example
    ```markdown
    Get the [template](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Faka.ms%2Ftemplate&data=05).
    ```

    ## Use instead
    ```markdown
    Get the [template](https://aka.ms/template).
    ```

    ## Fix
    Safe: the address is replaced by the one that it leads to.
    """
    for link, address in subject.web_links:
        if address.wrapped:
            span = link.target_span
            writable = span.start < span.end and _WRITABLE.fullmatch(address.url)
            fix = replaced(span, address.url) if writable else None
            yield found(_place(link), guess=None, fix=fix, address=address.url)


_WRITABLE = re.compile(r"[^\s<>()\\*_`\[\]]+")  # stands for itself wherever it is written
_BARE = re.compile(r"(?<![\w@/.:-])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+[^\s<>]*", re.IGNORECASE)
_TRAILING = "?!.,:;*_~'\"“”„»«)]}…"


@page_rule(
    "LF410",
    "bare-address",
    "The address `{address}` stands in the text as it is.",
    "Write `[what it is](address)`; if readers are to see the address itself, `<address>`.",
    severity=Severity.NOTICE,
    variants={
        "text": Wording(
            "The link shows its address `{address}` in place of words.",
            "Say what it leads to; if readers are to see the address itself, write `<address>`.",
        )
    },
    copied=True,
    yields_to=("LF412",),
)
def bare_address(subject: Subject) -> Iterator[Finding]:
    """Report an address that stands in the text where words should.

    ## What it does
    Looks for web addresses in the text and for links whose text is an address. `<address>` is
    left alone: that is how to write one that readers are meant to see.

    ## Why
    An address says little about where it leads. A screen reader spells it out, and a translator
    cannot tell whether to change it.

    ## Example
    ```markdown
    More on this: https://docs.microsoft.com/microsoft-365/enterprise/setup
    ```

    ## Use instead
    ```markdown
    Read [how to set up Microsoft 365](https://docs.microsoft.com/microsoft-365/enterprise/setup).
    ```

    ## Fix
    None: only you can say what the address leads to.
    """
    for link in subject.page.links:
        if not link.image and ("//" in link.text or link.text[:4].lower() == "www."):
            shown = _BARE.fullmatch(link.text)
            if shown and link.target_span.start < link.target_span.end:
                yield found(_text_span(link, subject.text), "text", address=link.text)
    for event in subject.prose:
        value = str(event.value)
        if "://" in value or "www." in value:
            yield from _bare(event, subject)


def _text_span(link: Link, text: str) -> Span:
    """Return where a link's text is written, if it is there as readers see it."""
    at = text.find(link.text, link.span.start, link.span.end)
    return Span(at, at + len(link.text)) if at >= 0 else link.span


def _bare(event: Event, subject: Subject) -> Iterator[Finding]:
    """Yield the addresses in a text that is no part of a link."""
    if any(link.span.start <= event.start < link.span.end for link in subject.page.links):
        return
    for match in _BARE.finditer(subject.text, event.start, event.end):
        address = match[0].rstrip(_TRAILING)
        span = Span(match.start(), match.start() + len(address))
        yield found(span, address=address)


@page_rule(
    "LF411",
    "link-text-empty",
    "The link to `{target}` has no text, so nobody sees it.",
    "Say between the brackets what it leads to, or remove it.",
    severity=Severity.WARNING,
)
def link_text_empty(subject: Subject) -> Iterator[Finding]:
    """Report a link without text.

    ## What it does
    Looks for links with nothing visible between their brackets: neither text nor an image.

    ## Why
    Readers see nothing to click; who uses the keyboard or a screen reader stops at a link without
    a name.

    ## Example
    ```markdown
    See the handbook.[](https://aka.ms/handbook)
    ```

    ## Use instead
    ```markdown
    See the [handbook](https://aka.ms/handbook).
    ```

    ## Fix
    None: put into the brackets what the link leads to.
    """
    for link in subject.page.links:
        if not link.text and not link.image and not _shows_something(link, subject):
            yield found(link.span, target=link.target)


def _shows_something(link: Link, subject: Subject) -> bool:
    """Tell whether a link without text holds an image or HTML."""
    events = subject.page.events
    for at in range(link.event + 1, len(events)):
        event = events[at]
        if event.kind == "close" and event.tag == "link":
            return False
        if event.tag == "image" or event.kind in ("html", "inline-html"):
            return True
    return False


_TARGET = r"(?:https?://|www\.|mailto:)[^\s()\[\]]+|[^\s()\[\]]+\.md(?:#[^\s()\[\]]*)?"
_TEXT = r"(?<![\\!])\[[^\[\]]*[^\[\]\\]\]"
_DOUBLED = re.compile(rf"{_TEXT}\((\(+)(?:{_TARGET})(\)*)")
_APART = re.compile(rf"{_TEXT}([ \t]+)\((?:{_TARGET})\)")
_UNCLOSED = re.compile(rf"{_TEXT}\((?:{_TARGET})(?=\s|\Z)")
_BLANK_INSIDE = re.compile(rf"{_TEXT}\(([^()\n<>\"']+)\)")
_REVERSED = re.compile(rf"(?<!\\)\(([^()\[\]]*[^()\[\]\\])\)\[({_TARGET})\]")
_LIKE_TARGET = re.compile(r"(?:https?://|www\.|mailto:)\S.*|\S.*\.[a-z]{2,4}(?:#.*)?", re.DOTALL)


@page_rule(
    "LF412",
    "link-syntax",
    "The target of the link begins with more than one parenthesis.",
    "Write `[text](target)`, with one parenthesis on each side.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={
        "apart": Wording(
            "Between the text of the link and its target there is a blank.",
            "Write `[text](target)` without a blank between the brackets.",
        ),
        "unclosed": Wording(
            "The target of the link is not closed.", "Write `)` behind the target."
        ),
        "blank": Wording(
            "The target of the link has a blank in it.",
            "Write `%20` for the blank, or the target in `<…>`; a title needs quotation marks.",
        ),
        "reversed": Wording(
            "The text of the link and its target stand in each other's brackets.",
            "Write `[text](target)`.",
        ),
    },
    fixable="unsafe",
)
def link_syntax(subject: Subject) -> Iterator[Finding]:
    """Report what was meant to be a link and is none.

    ## What it does
    Looks in the text, not in code, for the usual slips: two parentheses before the target, a
    blank between text and target, a target that is not closed or that has a blank in it, and
    text and target in each other's brackets. Only what looks like an address or like a page
    counts as a target.

    ## Why
    Readers see brackets and an address in the sentence, and can click neither.

    ## Example
    ```markdown
    Use the [mail template]((https://aka.ms/mail-template).
    ```

    ## Use instead
    ```markdown
    Use the [mail template](https://aka.ms/mail-template).
    ```

    ## Fix
    Unsafe: the brackets are put in order. A target with a blank in it and one that is not closed
    are left to you.
    """
    text = subject.text
    for event in subject.prose:
        value = str(event.value)
        if "](" in value or "] " in value or ")[" in value:
            yield from _slips(text, event)
    for link in subject.page.links:
        target = link.target
        if target[:1] == "(" and target[-1:] == ")" and _is_verbatim(link):
            span = link.target_span
            ends = (
                Edit(Span(span.start, span.start + 1), ""),
                Edit(Span(span.end - 1, span.end), ""),
            )
            yield found(Span(span.start, span.start + 1), fix=Fix(ends, safe=False))


def _slips(text: str, event: Event) -> Iterator[Finding]:
    start, end = event.start, event.end
    for match in _DOUBLED.finditer(text, start, end):
        yield found(Span(*match.span(1)), fix=_one_on_each_side(match))
    for match in _APART.finditer(text, start, end):
        yield found(Span(*match.span(1)), "apart", fix=deleted(Span(*match.span(1)), safe=False))
    for match in _UNCLOSED.finditer(text, start, end):
        yield found(Span(match.end() - 1, match.end()), "unclosed")
    for match in _BLANK_INSIDE.finditer(text, start, end):
        target = match[1].strip()
        if " " in target and _LIKE_TARGET.fullmatch(target):
            yield found(Span(*match.span(1)), "blank")
    for match in _REVERSED.finditer(text, start, end):
        fix = replaced(Span(*match.span()), f"[{match[1]}]({match[2]})", safe=False)
        yield found(Span(*match.span()), "reversed", fix=fix)


def _one_on_each_side(match: re.Match[str]) -> Fix | None:
    if not match[2]:
        return None
    edits = [Edit(Span(*match.span(1)), "")]
    if len(match[2]) > 1:
        edits.append(Edit(Span(match.start(2) + 1, match.end(2)), ""))
    return Fix(tuple(edits), safe=False)


@page_rule(
    "LF413",
    "internal-host",
    "The address `{target}` is on `{host}`, which readers of this playbook cannot reach.",
    "Link to a place that is open to them, or leave the link out.",
    severity=Severity.WARNING,
    copied=True,
)
def internal_host(subject: Subject) -> Iterator[Finding]:
    """Report an address on a host that readers cannot reach.

    ## What it does
    Compares the host of each address with `hosts.internal` of the contract.

    ## Why
    Partners who follow the link are asked for an account that they don't have.

    ## Example
    ```markdown
    See the [survey process](https://microsoft.sharepoint.com/sites/survey).
    ```

    ## Use instead
    ```markdown
    See the [survey process](guidance-survey.md).
    ```

    ## Fix
    None: find out where the same thing is open to partners.
    """
    internal = subject.contract.hosts.internal
    for link, address in subject.web_links:
        if is_host(address.host, internal):
            yield found(_place(link), host=address.host, target=address.url)


@tree_rule(
    "LF414",
    "own-site-absolute",
    "The address `{target}` is this playbook's own, written in full.",
    "Link to the page's file.",
    severity=Severity.WARNING,
    copied=True,
    fixable="unsafe",
)
def own_site_absolute(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link to the playbook's own site that is written as a full address.

    ## What it does
    Compares the host of each address with `hosts.own` of the contract, and looks for a page with
    the name that the address ends in.

    ## Why
    Nobody notices when the page moves. Readers leave their language, and whoever previews a
    change is led to the published site.

    ## Example
    ```markdown
    [Home](http://partner-docs.microsoft.com)
    ```

    ## Use instead
    ```markdown
    [Home](index.md)
    ```

    ## Fix
    Unsafe: where a page has the name that the address ends in, the address is replaced by the
    path to that page.
    """
    for one in tree.links(facts):
        if one.reach is Reach.OWN_SITE:
            fix = None if one.link.image else one.fix(safe=False)
            yield found(one.link.place, guess=one.guess, fix=fix, target=one.link.target)


@page_rule(
    "LF415",
    "link-http",
    "The address `{target}` is not encrypted.",
    "Write `https://`, and see whether the page still opens.",
    severity=Severity.NOTICE,
    copied=True,
    fixable="unsafe",
)
def link_http(subject: Subject) -> Iterator[Finding]:
    """Report an address that begins with `http://`.

    ## What it does
    Looks at the scheme of each address. Names that mean no server on the web, such as `localhost`,
    are left alone, and so are the playbook's own addresses and internal ones, which should go as
    a whole.

    ## Why
    What is not encrypted can be read and changed on its way, and browsers warn of it.

    ## Example
    ```markdown
    [Network planning](http://aka.ms/network-planning)
    ```

    ## Use instead
    ```markdown
    [Network planning](https://aka.ms/network-planning)
    ```

    ## Fix
    Unsafe: `http` becomes `https`; not every server offers it.
    """
    for link, address in _judged(subject):
        if address.scheme == "http" and _is_public(address.host):
            yield found(_place(link), fix=_https(link, address), target=address.url)


def _https(link: Link, address: WebAddress) -> Fix | None:
    if address.wrapped or not _is_verbatim(link) or link.target[:4].lower() != "http":
        return None
    return inserted(link.target_span.start + 4, "s", safe=False)


def _is_public(host: str) -> bool:
    """Tell whether a host is a name on the web: no address of a machine, no local name."""
    last = host.rpartition(".")[2]
    return "." in host and not last.isdigit() and last not in ("local", "localhost", "test")


@page_rule(
    "LF416",
    "address-other-language",
    "The address asks for the language `{tag}`, although this page is in `{locale}`.",
    "Take the part out: the site then picks the reader's language.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    repeats=True,
    fixable="unsafe",
)
def address_other_language(subject: Subject) -> Iterator[Finding]:
    """Report an address that asks for the language of another locale of this playbook.

    ## What it does
    Looks in the path of each address for a language tag with a region, such as `en-us`, whose
    language is not the page's own but that of another locale of the contract.

    ## Why
    Readers of a translation are sent to a text that they may not understand, although most such
    sites have it in their language, too.

    ## Example
    ```markdown
    [Lizenzen zuweisen](https://docs.microsoft.com/en-us/microsoft-365/admin/assign-licenses)
    ```

    ## Use instead
    ```markdown
    [Lizenzen zuweisen](https://docs.microsoft.com/microsoft-365/admin/assign-licenses)
    ```

    ## Fix
    Unsafe: the tag is taken out of the address, or replaced where the contract names the locale's
    region. Look whether the page opens.
    """
    own = _language(subject.locale, subject)
    others = {_language(locale, subject) for locale in subject.contract.locales} - {own}
    for link, address in _judged(subject):
        if "-" in address.path:
            for tag in language_tags(address.url):
                if tag.language in others:
                    span, fix = _tag_fix(link, address, tag, subject)
                    yield found(span, fix=fix, tag=tag.text, locale=subject.locale)
                    break


def _language(locale: str, subject: Subject) -> str:
    """Return the language of a locale without region."""
    return _tag_of(locale, subject).partition("-")[0].lower()


def _tag_of(locale: str, subject: Subject) -> str:
    settings = subject.contract.locales.get(locale)
    return (settings.language if settings else None) or locale


def _tag_fix(
    link: Link, address: WebAddress, tag: LanguageTag, subject: Subject
) -> tuple[Span, Fix | None]:
    if address.wrapped or not _is_verbatim(link):
        return _place(link), None
    start = link.target_span.start + tag.start
    span = Span(start, start + len(tag.text))
    own = _tag_of(subject.locale, subject)
    if "-" in own:
        return span, replaced(span, own.lower(), safe=False)
    return span, deleted(Span(span.start - 1, span.end), safe=False)  # with the slash before it


def _judged(subject: Subject) -> Iterator[tuple[Link, WebAddress]]:
    """Yield the addresses that can stay: those of the playbook itself and internal ones cannot."""
    hosts = subject.contract.hosts
    gone = (*hosts.own, *hosts.internal)
    return (entry for entry in subject.web_links if not is_host(entry[1].host, gone))


@tree_rule(
    "LF423",
    "address-without-scheme",
    "The address `{target}` lacks its `https://`, so it is taken for a file.",
    "Write the address in full.",
    variants={
        "mail": Wording(
            "The mail address `{target}` lacks its `mailto:`, so it is taken for a file.",
            "Write `mailto:` before it.",
        ),
        "invisible": Wording(
            "Before the address `{target}` stands an invisible character, so it is taken for a "
            "file.",
            "Delete it, or write the address anew.",
        ),
    },
    copied=True,
    fixable="safe",
)
def address_without_scheme(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an address that is taken for a file.

    ## What it does
    Looks for targets that name no file and begin with `www.`, look like a mail address, or have
    an invisible character before their `https://`.

    ## Why
    Without `https://` or `mailto:` a browser looks for a file of that name beside the page.

    ## Example
    ```markdown
    Visit the [partner site](www.microsoft.com/partners).
    ```

    ## Use instead
    ```markdown
    Visit the [partner site](https://www.microsoft.com/partners).
    ```

    ## Fix
    Safe: what is missing is put in, or the invisible character taken out.
    """
    for one in tree.links(facts):
        if one.reach is Reach.SCHEMELESS and one.meant is not None:
            meant = one.meant
            variant = "mail" if meant.startswith("mailto:") else ""
            if scheme_of(one.link.target):
                variant = "invisible"
            fix = _scheme_fix(one.link, meant)
            yield found(one.link.place, variant, guess=meant, fix=fix, target=one.link.target)


def _scheme_fix(link: LinkFact, meant: str) -> Fix | None:
    """Put the scheme in, or take out what stands before it; all else is left as it is."""
    if not _is_verbatim(link):
        return None
    start, target = link.target_span.start, link.target
    for scheme in ("https://", "http://"):
        at = target.find(scheme)
        if at > 0:
            return deleted(Span(start, start + at))
    return inserted(start, meant[: meant.index(":") + 1] + "//" * meant.startswith("https"))


LINK_EXCLUDED = told_elsewhere(
    "LF424",
    "link-excluded",
    """Report a link to a file that the site leaves out.

    ## What it does
    Looks for links to files that `exclude_docs`, `draft_docs` or `not_in_nav` of `mkdocs.yml`
    keep from the site. Only a build can tell.

    ## Why
    The link works in a preview and on GitHub, and leads to an error page on the site.

    ## Example
    ```markdown
    See the [draft](drafts/next-phase.md).
    ```

    ## Use instead
    ```markdown
    See the [phase](phases/assess.md).
    ```

    ## Fix
    None: publish the file, or remove the link.
    """,
    severity=Severity.NOTICE,
)


@tree_rule(
    "LF506",
    "external-targets-differ",
    "The page lacks {missing} address(es) that its source links to, such as `{first}`, and links "
    "to {extra} that the source does not have.",
    "Bring the links in line with the source.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    variants={
        "missing": Wording(
            "The page lacks {missing} address(es) that its source links to, such as `{first}`.",
            "Bring the links in line with the source.",
        ),
        "extra": Wording(
            "The page links to {extra} address(es) that its source does not have, such as "
            "`{first}`.",
            "Bring the links in line with the source.",
        ),
    },
    notes={
        "missing": "The source links to `{address}`.",
        "extra": "Only this page links to `{address}`.",
    },
)
def external_targets_differ(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a translation that links to other web addresses than its source.

    ## What it does
    Compares the addresses that both pages link to. Languages in an address, `http` or `https`
    and what Outlook put around it do not count.

    ## Why
    Links change with the text. Where they differ, the translation most likely is of an older
    version, and its readers get other material than all others.

    ## Example
    ```markdown
    Nutzen Sie die [Unterlagen](https://aka.ms/workshop-2019).
    ```

    ## Use instead
    ```markdown
    Nutzen Sie die [Unterlagen](https://aka.ms/workshop-2020).
    ```

    ## Fix
    None: compare the passages. If the difference is meant, ignore the finding and say why.
    """
    source = tree.source_of(facts)
    if source is None:
        return
    here, there = _external(facts), _external(source)
    if here.keys() == there.keys():
        return
    missing = [there[key] for key in there if key not in here]
    extra = [here[key] for key in here if key not in there]
    values: dict[str, object] = {"first": (missing or extra)[0].target}
    values |= {"missing": len(missing)} if missing else {}
    values |= {"extra": len(extra)} if extra else {}
    variant = "" if missing and extra else "missing" if missing else "extra"
    related = (
        *(_elsewhere(link, source, "missing") for link in missing),
        *(_elsewhere(link, facts, "extra") for link in extra),
    )
    yield found(Span(0, 0), variant, related=related, **values)


def _external(facts: PageFacts) -> dict[str, LinkFact]:
    """Return the links to other sites, by what their addresses have in common in all languages."""
    links = {}
    for link in facts.links:
        bare = link.target if link.target.isascii() else _visible(link.target)
        if web_address(bare):
            links.setdefault(without_language(bare), link)
    return links


def _visible(target: str) -> str:
    return "".join(character for character in target if character.isprintable()).strip()


def _elsewhere(link: LinkFact, facts: PageFacts, key: str) -> Elsewhere:
    return Elsewhere(facts.place(link.place), key, {"address": shortened(link.target)})


def _place(link: Link) -> Span:
    """Return where a finding about a link's target points."""
    return link.target_span if link.target_span.start < link.target_span.end else link.span


def _is_verbatim(link: Link | LinkFact) -> bool:
    """Tell whether the target is written as it is read: nothing in it is escaped."""
    span = link.target_span
    return span.start < span.end and span.end - span.start == len(link.target)
