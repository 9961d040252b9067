"""Web addresses: whether they are what readers should be sent to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leitfaden.checking.addresses import (
    LanguageTag,
    WebAddress,
    is_host,
    language_tags,
    without_language,
)
from leitfaden.checking.edits import deleted, inserted, replaced
from leitfaden.checking.facts import LinkFact, PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found, shortened
from leitfaden.checking.links import Reach, is_verbatim
from leitfaden.checking.parity import recorded_of
from leitfaden.checking.rule import Wording, page_rule, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.model import Confidence, Event, Fix, Link, Severity, Span
from leitfaden.translating.evidence import Equivalents


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
_BARE = re.compile(r"(?<![\w@/.:-])(?:https?://|www\.)[\w-]++(?:\.[\w-]++)++[^\s<>]*+")
_MARKS = ("://", "www.")
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
    if _may_hold_address(subject.shown):
        addressed = [event for event in subject.prose if _may_hold_address(str(event.value))]
        for event in _outside_links(addressed, subject.page.links):
            yield from _bare(event, subject.text)


def _may_hold_address(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


def _outside_links(events: Iterable[Event], links: Iterable[Link]) -> Iterator[Event]:
    """Yield the events that are no part of a link; both are in the order of the text."""
    spans = sorted((link.span for link in links), reverse=True)
    covered = 0
    for event in events:
        while spans and spans[-1].start <= event.start:
            covered = max(covered, spans.pop().end)
        if event.start >= covered:
            yield event


def _text_span(link: Link, text: str) -> Span:
    """Return where a link's text is written, if it is there as readers see it."""
    at = text.find(link.text, link.span.start, link.span.end)
    return Span(at, at + len(link.text)) if at >= 0 else link.span


def _bare(event: Event, text: str) -> Iterator[Finding]:
    """Yield the addresses in a text that is no part of a link."""
    for match in _BARE.finditer(text, event.start, event.end):
        address = match[0].rstrip(_TRAILING)
        yield found(Span(match.start(), match.start() + len(address)), address=address)


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
    variants={
        "own": Wording(
            "The address `{target}` leads from this page to this page.", "Remove the link."
        )
    },
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
    path to that page. None where that is this very page: remove the link.
    """
    for one in tree.links(facts):
        if one.reach is Reach.OWN_SITE:
            if one.page_id == facts.id and "#" not in one.link.target and not one.link.image:
                yield found(one.link.place, "own", target=one.link.target)
                continue
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
    if address.wrapped or not is_verbatim(link) or link.target[:4].lower() != "http":
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
    yields_to=("LF507",),
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
    for link, address in _judged(subject):
        if "-" in address.path:
            tag = next(_of_others(address, subject), None)
            if tag:
                span, fix = _tag_fix(link, address, tag, subject)
                yield found(span, fix=fix, tag=tag.text, locale=subject.locale)


def _of_others(address: WebAddress, subject: Subject) -> Iterator[LanguageTag]:
    """Yield the tags in an address whose language is that of another locale."""
    for tag in language_tags(address.url):
        languages = {_language(locale, subject) for locale in subject.contract.locales}
        if tag.language in languages - {_language(subject.locale, subject)}:
            yield tag


def _language(locale: str, subject: Subject) -> str:
    """Return the language of a locale without region."""
    return _tag_of(locale, subject).partition("-")[0].lower()


def _tag_of(locale: str, subject: Subject) -> str:
    settings = subject.contract.locales.get(locale)
    return (settings.language if settings else None) or locale


def _tag_fix(
    link: Link, address: WebAddress, tag: LanguageTag, subject: Subject
) -> tuple[Span, Fix | None]:
    if address.wrapped or not is_verbatim(link):
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
    "LF506",
    "external-targets-differ",
    "Of the addresses that its source links to, the page lacks {missing}, such as `{first}`, and "
    "of its own the source lacks {extra}.",
    "Bring the links in line with the source.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    variants={
        "missing": Wording(
            "Of the addresses that its source links to, the page lacks {missing}, such as "
            "`{first}`.",
            "Bring the links in line with the source.",
        ),
        "extra": Wording(
            "Of the addresses that the page links to, its source lacks {extra}, such as `{first}`.",
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
    and what Outlook put around it do not count, nor do addresses that the contract calls equivalent
    (`links.equivalents`). Where the lock knows what of the page translates
    what, the parts that differ are told instead (`LF512`, `LF513`).

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
    if recorded_of(facts, tree):
        return  # each part is told where it contradicts the source
    own = tree.contract.hosts.own
    equivalents = Equivalents(tree.contract.links.between(source.locale, facts.locale))
    here, there = (
        {equivalents.form(key): link for key, link in _external(one, own).items()}
        for one in (facts, source)
    )
    if here.keys() == there.keys():
        return
    missing = [there[key] for key in there if key not in here]
    extra = [here[key] for key in here if key not in there]
    variant = "" if missing and extra else "missing" if missing else "extra"
    first = (missing or extra)[0].target
    related = (
        *(_elsewhere(link, source, "missing") for link in missing),
        *(_elsewhere(link, facts, "extra") for link in extra),
    )
    yield found(
        Span(0, 0),
        variant,
        related=related,
        first=first,
        missing=len(missing),
        extra=len(extra),
    )


def _external(facts: PageFacts, own: tuple[str, ...]) -> dict[str, LinkFact]:
    """Return the links to other sites, by what their addresses have in common in all languages."""
    links: dict[str, LinkFact] = {}
    for link in facts.links:
        key = without_language(link.target)
        if key and key not in links and not is_host(key.partition("/")[0], own):
            links[key] = link
    return links


def _elsewhere(link: LinkFact, facts: PageFacts, key: str) -> Elsewhere:
    return Elsewhere(facts.place(link.place), key, {"address": shortened(link.target)})


def _place(link: Link) -> Span:
    """Return where a finding about a link's target points."""
    return link.target_span if link.target_span.start < link.target_span.end else link.span
