"""Links: whether they lead somewhere, and whether readers get there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from leitfaden.checking.edits import deleted, replaced
from leitfaden.checking.facts import LinkFact, PageFacts
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.links import Reach, Reached, is_verbatim
from leitfaden.checking.rule import Wording, page_rule, told_elsewhere, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import nearest
from leitfaden.contract.anchors import is_taken
from leitfaden.contract.targets import scheme_of
from leitfaden.model import Confidence, Edit, Event, Fix, Link, Severity, Span
from leitfaden.model.page import BY_MKDOCS

_RUNS_CODE = frozenset(("javascript", "vbscript", "data"))
_TASK_ANCHOR = re.compile(r"task-\d+")
_TOP = frozenset(("", "top"))  # what HTML itself knows as the beginning of every page


@tree_rule(
    "LF401",
    "link-broken",
    "The link leads to `{target}`, which does not exist.",
    "Correct the path, or remove the link.",
    variants={
        "elsewhere": Wording(
            "The link leads to `{target}`, but the page `{page}` exists only in another language "
            "({languages}).",
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
            yield found(
                one.link.place,
                "elsewhere",
                alike=one.page_id,
                target=one.path,
                page=one.page_id,
                languages=_languages(one.locale.split(", "), tree),
            )
        elif not one.link.image and one.reach is Reach.MISSING:
            # The file has another suffix in each language, the page and its id are the same.
            yield found(
                one.link.place,
                guess=one.guess,
                fix=one.fix(safe=False),
                alike=one.page_id,
                target=one.path,
            )


def _languages(locales: Iterable[str], tree: Tree) -> str:
    return ", ".join(tree.contract.locales[locale].name for locale in locales)


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
    yields_to=("LF613",),
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
            runs = scheme_of(one.link.target) in _RUNS_CODE and not one.link.image
            variant = "" if runs else "scheme"
            yield found(one.link.place, variant, target=one.link.target)


@tree_rule(
    "LF405",
    "link-lost-suffix",
    "The link names `{target}`, but the file of the page is called `{file}`.",
    "Write the name that the file has.",
    severity=Severity.WARNING,
    variants={
        "own": Wording(
            "The link names `{target}`, which is this page itself, without the suffix of its file.",
            "Link to the page that you mean, or remove the link.",
        ),
    },
    fixable="safe",
)
def link_lost_suffix(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link that names a page without its file's suffix.

    ## What it does
    Looks for links whose file is missing while the page is there: in a file with a locale's
    suffix of an older tree (`legacy-suffixes` in the contract).

    ## Why
    The site finds a page in spite of a suffix, but GitHub's preview and every other tool don't.

    ## Example
    ```markdown
    Zurück zur [Analyse](phase-assess.md)
    ```

    ## Use instead
    ```markdown
    Zurück zur [Analyse](phase-assess-de.md)
    ```

    ## Fix
    Safe: the name of the file is completed. A link to its own page then works, and helps nobody:
    link to the page that you mean.
    """
    for one in tree.links(facts):
        if one.reach is Reach.SUFFIX and one.names_file:
            itself = (one.page_id, one.locale) == (facts.id, facts.locale) and not one.anchor
            variant, fix = "own" if itself else "", one.fix(safe=True)
            yield found(one.link.place, variant, fix=fix, target=one.path, file=one.meant)


@tree_rule(
    "LF425",
    "link-lost-ending",
    "The link to the page `{page}` lacks the ending `.md`.",
    "Write the file's full name.",
    severity=Severity.WARNING,
    variants={
        "folder": Wording(
            "The link to the page `{page}` names only its folder.", "Write the file's full name."
        ),
        "web": Wording(
            "The link names the page `{page}` as an older site did: `{target}`.",
            "Write the file's name.",
        ),
    },
    fixable="safe",
)
def link_lost_ending(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link that names a page, but not its file.

    ## What it does
    Looks for links whose target is no file, while there is a page of that name with `.md`, a
    page `index.md` in a folder of that name, or a page where the target says `.html`.

    ## Why
    The site finds the page all the same, but GitHub's preview and every other tool don't.

    ## Example
    ```markdown
    See [Deploy securely](initiate-deploy-securely).
    ```

    ## Use instead
    ```markdown
    See [Deploy securely](initiate-deploy-securely.md).
    ```

    ## Fix
    Safe: the file's name is written.
    """
    for one in tree.links(facts):
        variant = _WITHOUT_FILE.get(one.reach)
        if variant is not None and not one.names_file:
            yield found(
                one.link.place,
                variant,
                guess=one.guess,
                fix=one.fix(safe=True),
                page=one.page_id,
                target=one.path,
            )


_WITHOUT_FILE = {Reach.SUFFIX: "", Reach.FOLDER: "folder", Reach.WEB_PAGE: "web"}


@tree_rule(
    "LF406",
    "link-case",
    "The file that the link names is written `{file}`, with other capital letters.",
    "Write the name as the file has it.",
    severity=Severity.WARNING,
    fixable="safe",
)
def link_case(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a link to a file whose name has other capital letters.

    ## What it does
    Compares the target of each link with the names of the files, letter by letter.

    ## Why
    Windows, macOS and this site find the file all the same. GitHub's preview and most other tools
    don't.

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
    yields_to=("LF613",),
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
        if page and page.readable and lacks_anchor(page, one.anchor, tree):
            near = near_anchor(one.anchor, tree.anchors(page))
            guess = near and f"{one.link.target.partition('#')[0]}#{near}"
            fix = _anchor_fix(one, near)
            yield found(_anchor_span(one), guess=guess, fix=fix, page=page.id, anchor=one.anchor)


_LEADS_TO_A_PAGE = frozenset(
    (
        Reach.HERE,
        Reach.PAGE,
        Reach.SUFFIX,
        Reach.FOLDER,
        Reach.WEB_PAGE,
        Reach.CASE,
        Reach.COPY,
        Reach.FOREIGN,
    )
)


def lacks_anchor(page: PageFacts, anchor: str, tree: Tree) -> bool:
    """Tell whether a page certainly has no such anchor."""
    if anchor in tree.anchors(page):
        return False
    renderer = page.metadata.get("renderer")
    kind = tree.contract.kinds.get(page.kind)
    if (renderer and renderer.text == BY_MKDOCS) or (kind and kind.view):
        return False
    # Some are made when the page is rendered, as those of footnotes.
    return bool(_TASK_ANCHOR.fullmatch(anchor)) or not is_taken(anchor, tree.contract)


def near_anchor(anchor: str, known: frozenset[str]) -> str | None:
    """Return the anchor that was meant; of tasks none, for each number is another one."""
    return nearest(anchor, sorted(name for name in known if not _TASK_ANCHOR.fullmatch(name)))


def _anchor_span(one: Reached) -> Span:
    """Return where the anchor is written; the link's target where that cannot be told."""
    span = one.link.target_span
    if is_verbatim(one.link):
        return Span(span.start + one.link.target.index("#") + 1, span.end)
    return one.link.place


def _anchor_fix(one: Reached, anchor: str | None) -> Fix | None:
    if not anchor or not is_verbatim(one.link):
        return None
    return replaced(_anchor_span(one), anchor, safe=False)


@tree_rule(
    "LF408",
    "link-other-language",
    "The link leads to the page `{page}` in another language ({language}), although this page's "
    "own has it, too.",
    "Link to the page in the language of this one.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={
        "copy": Wording(
            "The link names `{target}`, a second file of the page `{page}`; the one that is "
            "published ({language}) is `{file}`.",
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
            yield found(
                one.link.place,
                guess=one.guess,
                fix=one.fix(safe=False),
                page=one.page_id,
                language=_languages([one.locale], tree),
            )
        elif one.reach is Reach.COPY:
            fix = one.fix(safe=False)
            yield found(
                one.link.place,
                "copy",
                fix=fix,
                target=one.path,
                page=one.page_id,
                language=_languages([one.locale], tree),
                file=one.meant,
            )


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


_ADDRESS = ("https://", "http://", "www.", "mailto:")
# Possessive (`++`), so that no text is looked at twice.
_TEXT = r"(?<![\\!])\[[^\[\]]*[^\[\]\\]\]"
_WORD = r"([^\s()\[\]]++)"
_DOUBLED = re.compile(rf"{_TEXT}\((\(++){_WORD}(\)*+)")
_APART = re.compile(rf"{_TEXT}([ \t]++)\({_WORD}\)")
_UNCLOSED = re.compile(rf"{_TEXT}\({_WORD}(?=\s|\Z)")
_BLANK_INSIDE = re.compile(rf"{_TEXT}\(([^()\n<>\"']++)\)")
_REVERSED = re.compile(rf"(?<!\\)\(([^()\[\]]*[^()\[\]\\])\)\[{_WORD}\]")
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
    reshapes=True,
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
    for event in subject.prose:
        value = str(event.value)
        if "]" in value and "(" in value:
            yield from _slips(subject.text, event)
    for link in subject.page.links:
        target = link.target
        if target[:1] == "(" and target[-1:] == ")" and is_verbatim(link):
            span = link.target_span
            ends = (
                Edit(Span(span.start, span.start + 1), ""),
                Edit(Span(span.end - 1, span.end), ""),
            )
            yield found(Span(span.start, span.start + 1), fix=Fix(ends, safe=False))


def _slips(text: str, event: Event) -> Iterator[Finding]:
    start, end = event.start, event.end
    for match in _DOUBLED.finditer(text, start, end):
        if _is_target(match[2]):
            yield found(Span(*match.span(1)), fix=_one_on_each_side(match))
    for match in _APART.finditer(text, start, end):
        if _is_target(match[2]):
            blanks = Span(*match.span(1))
            yield found(blanks, "apart", fix=deleted(blanks, safe=False))
    for match in _UNCLOSED.finditer(text, start, end):
        if _is_target(match[1]) and not _is_closed(text, match.end(), end):
            yield found(Span(match.end() - 1, match.end()), "unclosed")
    for match in _BLANK_INSIDE.finditer(text, start, end):
        first, blank, _ = match[1].strip().partition(" ")
        if blank and (_is_target(first) or _LIKE_TARGET.fullmatch(match[1].strip())):
            yield found(Span(*match.span(1)), "blank")
    for match in _REVERSED.finditer(text, start, end):
        if _is_target(match[2]):
            fix = replaced(Span(*match.span()), f"[{match[1]}]({match[2]})", safe=False)
            yield found(Span(*match.span()), "reversed", fix=fix)


def _is_target(word: str) -> bool:
    """Tell whether a word looks like an address or like the file of a page."""
    return word.startswith(_ADDRESS) or word.partition("#")[0].endswith(".md")


def _is_closed(text: str, start: int, end: int) -> bool:
    """Tell whether a parenthesis is closed before the next one opens."""
    opened = text.find("(", start, end)
    return text.find(")", start, end if opened < 0 else opened) >= 0


def _one_on_each_side(match: re.Match[str]) -> Fix | None:
    if not match[3]:
        return None
    edits = [Edit(Span(*match.span(1)), "")]
    if len(match[3]) > 1:
        edits.append(Edit(Span(match.start(3) + 1, match.end(3)), ""))
    return Fix(tuple(edits), safe=False)


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
            "In the address `{target}` there is an invisible character ({characters}), so it is "
            "taken for a file.",
            "Delete it, or write the address anew.",
        ),
        "several": Wording(
            "In the address `{target}` there are {count} invisible characters ({characters}), so "
            "it is taken for a file.",
            "Delete them, or write the address anew.",
        ),
    },
    copied=True,
    fixable="safe",
)
def address_without_scheme(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an address that is taken for a file.

    ## What it does
    Looks for targets that name no file and begin with `www.`, look like a mail address, or have
    an invisible character in or before their `https://`.

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
    Safe: what is missing is put in, and all invisible characters are taken out of the address. None
    for an image on a host from which browsers show none.
    """
    for one in tree.links(facts):
        if one.reach is Reach.SCHEMELESS and one.meant is not None:
            meant, target = one.meant, one.link.target
            unseen = [char for char in target if _is_unseen(char)]
            bare = "".join(char for char in target if not _is_unseen(char))
            variant = "mail" if meant.startswith("mailto:") else ""
            if meant == bare:  # nothing else is wrong with it
                variant = "several" if len(unseen) > 1 else "invisible"
            is_shown = not one.link.image or tree.contract.policy.shows_image(meant)
            yield found(
                one.link.place,
                variant,
                guess=meant,
                fix=_scheme_fix(one.link, meant.removesuffix(bare)) if is_shown else None,
                target=bare,
                count=len(unseen),
                characters=", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in unseen)),
            )


def _is_unseen(char: str) -> bool:
    return char.isspace() or not char.isprintable()


def _scheme_fix(link: LinkFact, scheme: str) -> Fix | None:
    """Put the scheme in, and take out what nobody sees; all else is left as it is."""
    if not is_verbatim(link) or " " in link.target:  # a blank could part two words
        return None
    start, at = link.target_span.start, 0
    edits = []
    for unseen, chars in groupby(link.target, _is_unseen):
        end = at + len(list(chars))
        if unseen:
            edits.append(Edit(Span(start + at, start + end), ""))
        at = end
    first = edits[0].span if edits else None
    if scheme and first and first.start == start:
        edits[0] = Edit(first, scheme)
    elif scheme:
        edits.insert(0, Edit(Span(start, start), scheme))
    return Fix(tuple(edits)) if edits else None


LINK_EXCLUDED = told_elsewhere(
    "LF424",
    "link-excluded",
    """Report a link to a file that the site leaves out.

    ## What it does
    Looks for links to files that `exclude_docs` or `draft_docs` in `mkdocs.yml` keeps from the
    site. Only a build can tell.

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
