"""What docfx adds to Markdown: includes, videos, images with attributes, and what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.links import Reach, written_path
from leitfaden.checking.rule import Wording, page_rule, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.model import Confidence, DefectKind, Include, Inclusion, Refusal, Severity, Span
from leitfaden.model.inclusion import MAX_DEPTH, MAX_PARTS

_TOO_MUCH = (Refusal.TOO_DEEP, Refusal.TOO_MUCH)


def _place(include: Include) -> Span:
    """Return where the path of an include stands."""
    written = include.target_span
    return written if written.start < written.end else include.span


def _refused(facts: PageFacts, tree: Tree, refusal: Refusal) -> Iterator[Include]:
    """Yield where a page includes what cannot be shown for this reason."""
    for inclusion in tree.inclusions(facts):
        if inclusion.refusal is refusal:
            yield inclusion.include


@tree_rule(
    "LF430",
    "include-missing",
    "The file `{file}`, which is included here, does not exist.",
    "Add the file, or correct the path, which counts from the folder of this page.",
    copied=True,
)
def include_missing(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an include of a file that does not exist.

    ## What it does
    Looks up the file that `[!INCLUDE [title](path)]` names, from the folder of the page. A path
    that begins with `~/` counts from the folder of the page's language.

    ## Why
    Readers see a notice where a part of the page should be.

    ## Example
    ```markdown
    [!INCLUDE [How to book a room](include/room.md)]
    ```

    ## Use instead
    ```markdown
    [!INCLUDE [How to book a room](includes/room.md)]
    ```

    ## Fix
    None: choose the file that you mean.
    """
    for include in _refused(facts, tree, Refusal.MISSING):
        near = tree.near_ids.nearest(include.page_id)
        folder = f"{facts.locale}/{facts.id}".rpartition("/")[0]
        guess = written_path(tree.file_of(near, facts.locale), folder) if near else None
        yield found(_place(include), guess=guess, file=include.target)


@tree_rule(
    "LF431",
    "include-outside",
    "The path `{file}` leads out of the languages' folders, so nothing is included here.",
    "Put the file into the folder of this page's language, and include it by a relative path.",
    copied=True,
)
def include_outside(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an include by a path that leads out of the folders of the languages.

    ## What it does
    Looks at the paths of includes: relative to the page, or below `~/`, each must stay in the
    folder of a language. Absolute paths and addresses on the web are refused.

    ## Why
    What lies elsewhere is not meant for readers; a page must not be able to publish it.

    ## Example
    ```markdown
    [!INCLUDE [How to book a room](../../notes/room.md)]
    ```

    ## Use instead
    ```markdown
    [!INCLUDE [How to book a room](includes/room.md)]
    ```

    ## Fix
    None: move the file.
    """
    for include in _refused(facts, tree, Refusal.OUTSIDE):
        yield found(_place(include), file=include.target)


@tree_rule(
    "LF432",
    "include-cycle",
    "The file `{file}` includes this one, by itself or by others, so it is not shown again.",
    "Take one of the includes away.",
    copied=True,
)
def include_cycle(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report files that include each other.

    ## What it does
    Follows the includes of each file until it would come to that file again.

    ## Why
    Such a page would have no end. Where it would begin again, readers see a notice.

    ## Example
    ```markdown
    [!INCLUDE [This page](this-page.md)]
    ```

    ## Use instead
    ```markdown
    [!INCLUDE [How to book a room](includes/room.md)]
    ```

    ## Fix
    None: decide which file holds what.
    """
    for inclusion in tree.inclusions(facts):
        if any(_closes(one.include, facts, tree) for one in _all(inclusion, (Refusal.CYCLE,))):
            yield found(_place(inclusion.include), file=inclusion.include.target)


def _closes(include: Include, facts: PageFacts, tree: Tree) -> bool:
    """Tell whether an include leads back to a page."""
    again = tree.included(include)
    return again is not None and (again.locale, again.id) == (facts.locale, facts.id)


def _all(
    inclusion: Inclusion[PageFacts], refusals: tuple[Refusal, ...]
) -> Iterator[Inclusion[PageFacts]]:
    """Yield all that is refused for these reasons, at one place of a page."""
    if inclusion.refusal in refusals:
        yield inclusion
    for inner in inclusion.inner:
        yield from _all(inner, refusals)


@tree_rule(
    "LF433",
    "include-too-much",
    "With `{file}`, the page includes more than it may: {parts} files, {depth} deep.",
    "Include less, or make several pages of it.",
)
def include_too_much(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report pages that include more than anybody would read.

    ## What it does
    Counts the files that a page shows by includes, those in files included, too, and how deep they
    lie in each other. Each place where something is left out for it is told.

    ## Why
    Ten files that include ten others each are ten thousand after four steps. Such a page would keep
    the build busy for hours, so the site shows a notice where the limit is reached.

    ## Example
    ```markdown
    [!INCLUDE [All rooms of all sites](includes/all-rooms.md)]
    ```

    ## Use instead
    ```markdown
    [All rooms of all sites](rooms.md)
    ```

    ## Fix
    None: decide what belongs on the page.
    """
    if not facts.includes or tree.contract.is_fragment(facts.id):
        return  # of a fragment, the pages that show it tell
    for inclusion in tree.inclusions(facts):
        if any(_all(inclusion, _TOO_MUCH)):
            place, file = _place(inclusion.include), inclusion.include.target
            yield found(place, file=file, parts=MAX_PARTS, depth=MAX_DEPTH)


@tree_rule(
    "LF434",
    "include-not-markdown",
    "Only files whose name ends in `.md` can be included, not `{file}`.",
    "Write the text into a Markdown file; show an image as an image.",
    copied=True,
)
def include_not_markdown(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an include of a file that is no Markdown.

    ## What it does
    Looks at the ending of each path that a page includes.

    ## Why
    Whatever else a file holds cannot become a part of a page; readers see a notice instead.

    ## Example
    ```markdown
    [!INCLUDE [The plan of the room](includes/room.png)]
    ```

    ## Use instead
    ```markdown
    ![The plan of the room](media/room.png)
    ```

    ## Fix
    None: choose what readers should see.
    """
    for include in _refused(facts, tree, Refusal.NOT_MARKDOWN):
        yield found(_place(include), file=include.target)


@tree_rule(
    "LF435",
    "include-untranslated",
    "`{file}` has no translation, so this page shows the text of the source here.",
    "Translate the file, into the same place below the folder of this language.",
    severity=Severity.NOTICE,
)
def include_untranslated(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report parts of a page that are shown in the source's language.

    ## What it does
    Looks up each file that a translation includes in the folder of its language.

    ## Why
    Readers get the text of the source in the middle of a page in their language. That is better
    than a gap, but not what they expect.

    ## Example
    `docs/de/index.md`, where only `docs/en/includes/room.md` exists:

    ```markdown
    [!INCLUDE [So buchen Sie einen Raum](includes/room.md)]
    ```

    ## Use instead
    Translate the file as `docs/de/includes/room.md`; the page stays as it is.

    ## Fix
    None.
    """
    for inclusion in tree.inclusions(facts):
        include, part = inclusion.include, inclusion.page
        if part is not None and part.locale != include.locale:
            yield found(_place(include), file=include.target)


@tree_rule(
    "LF436",
    "include-in-sentence",
    "`{file}` is more than a part of a sentence, but it is included in one.",
    "Include it in a line of its own.",
    severity=Severity.WARNING,
)
def include_in_sentence(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report several paragraphs that are included in the middle of one.

    ## What it does
    Looks at includes that share a line with other text: the file should be but one paragraph, and
    neither a list nor a table nor a heading.

    ## Why
    The sentence is torn apart. In a heading or in bold text, the file is not shown at all.

    ## Example
    ```markdown
    Before you begin: [!INCLUDE [A list of all rooms](includes/rooms.md)] Then book one.
    ```

    ## Use instead
    ```markdown
    Before you begin:

    [!INCLUDE [A list of all rooms](includes/rooms.md)]

    Then book one.
    ```

    ## Fix
    None: a sentence may have to be said otherwise.
    """
    for inclusion in tree.inclusions(facts):
        include, part = inclusion.include, inclusion.page
        if part is not None and not include.block and not part.is_inline:
            yield found(include.span, file=include.target)


@page_rule(
    "LF437",
    "video-refused",
    "`{url}` is no safe address of a video, so it is shown as text.",
    "Take an address that begins with `https://`.",
    variants={
        "place": Wording(
            "The video `{url}` stands in the middle of a line, so it is shown as text.",
            "Put it into a line of its own.",
        )
    },
    copied=True,
    needs=(DefectKind.VIDEO_REFUSED, DefectKind.VIDEO_MISPLACED),
)
def video_refused(subject: Subject) -> Iterator[Finding]:
    """Report videos that are shown as text.

    ## What it does
    Looks at `[!VIDEO address]`: the address must be a full one that begins with `https://`, and
    the marker must stand in a line of its own.

    ## Why
    Other addresses can be read and changed on their way to readers, or run code in their browsers.

    ## Example
    ```markdown
    > [!VIDEO http://videos.example/rooms]
    ```

    ## Use instead
    ```markdown
    > [!VIDEO https://videos.example/rooms title="How to book a room"]
    ```

    ## Fix
    None: not every host answers to `https://`.
    """
    for defect in subject.defects(DefectKind.VIDEO_REFUSED):
        yield found(defect.span, url=defect.detail)
    for defect in subject.defects(DefectKind.VIDEO_MISPLACED):
        yield found(defect.span, "place", url=defect.detail)


@tree_rule(
    "LF438",
    "link-to-fragment",
    "The link leads to `{page}`, which is no page, but a part of other pages.",
    "Link to a page that shows it.",
    copied=True,
)
def link_to_fragment(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report links to files that are only there to be included.

    ## What it does
    Looks for links to pages of a kind that the contract marks with `included`.

    ## Why
    The site has no page for such a file, so the link leads nowhere.

    ## Example
    ```markdown
    See [how to book a room](includes/room.md).
    ```

    ## Use instead
    ```markdown
    See [how to book a room](prepare-a-workshop.md#rooms).
    ```

    ## Fix
    None: several pages may show it.
    """
    for one in tree.links(facts):
        named = one.uri and one.uri.endswith(".md") and one.reach is not Reach.HERE
        if named and tree.contract.is_fragment(one.page_id):
            yield found(one.link.place, page=one.page_id)


# Constructs of docfx that only its own sites know; those that close one are told with it.
_UNSUPPORTED = re.compile(
    r":::[ \t]*(?!image(?![\w-]))(?P<colons>[a-z][a-z-]*)|\[!(?P<marker>div|code|embed|section)\b",
    re.IGNORECASE,
)
_STRAY_END = re.compile(r":::[ \t]*image-end[ \t]*:::", re.IGNORECASE)
_XREF = "xref:"
_TAB = "#tab/"
_INDENT = 200  # characters; text that is indented further was not written by anybody


@page_rule(
    "LF613",
    "construct-unsupported",
    "`{construct}` is not known here, so its marks are shown as text.",
    "Take the marks away and keep what stands between them.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={
        "code": Wording(
            "`{construct}` does not show a file's code here; its marks are shown as text.",
            "Copy the code into a block between lines of three backticks.",
        ),
        "tab": Wording(
            "The heading “{text}” opens no tab here; it is shown as a heading with a link.",
            "Write it as a heading without a link.",
        ),
        "xref": Wording(
            "`{target}` leads nowhere here: pages have no such ids.",
            "Link to the page by its path.",
        ),
    },
    needs=(":::", "[!", _XREF, _TAB),
)
def construct_unsupported(subject: Subject) -> Iterator[Finding]:
    """Report constructs of docfx that this site does not know.

    ## What it does
    Looks for columns, zones and other blocks between `:::`, for `[!div …]`, `[!code-…]` and their
    like, for tabs (`# [Name](#tab/name)`), and for links by an id (`<xref:…>`). Alerts, includes,
    videos and `:::image` are known.

    ## Why
    As on GitHub, the marks are shown as they are written, between the text that they were to
    arrange. Nothing is lost, but it looks broken.

    ## Example
    ```markdown
    :::row:::
    Book the room first.
    :::row-end:::
    ```

    ## Use instead
    ```markdown
    Book the room first.
    ```

    ## Fix
    None: the text may have to be arranged otherwise.
    """
    for event in subject.prose:
        if ":::" not in str(event.value) and "[!" not in str(event.value):
            continue
        for mark in _UNSUPPORTED.finditer(subject.text, event.start, event.end):
            span, colons = Span(*mark.span()), (mark["colons"] or "").lower()
            if colons.endswith("-end") or (colons and not _begins_line(subject, span.start)):
                continue
            is_code = "code" in (colons, (mark["marker"] or "").lower())
            shown = " ".join(mark[0].split())
            yield found(span, "code" if is_code else "", construct=shown)
    yield from _unknown_targets(subject)


def _begins_line(subject: Subject, at: int) -> bool:
    before = subject.text[max(at - _INDENT, 0) : at].rpartition("\n")
    return (bool(before[1]) or at <= _INDENT) and not before[2].strip(" \t>")


def _unknown_targets(subject: Subject) -> Iterator[Finding]:
    headings = subject.page.headings
    for link in subject.page.links:
        if link.target[: len(_XREF)].lower() == _XREF:
            yield found(link.span, "xref", target=link.target)
        elif link.target.startswith(_TAB):
            within = (h for h in headings if h.span.start <= link.span.start < h.span.end)
            if any(within):
                yield found(link.span, "tab", text=link.text)


@page_rule(
    "LF614",
    "image-directive",
    "The image has no `source`, so all of it is shown as text.",
    "Write the path of the image's file into `source`.",
    severity=Severity.WARNING,
    variants={
        "attribute": Wording(
            "The image's attribute `{name}` is not known, or stands there twice.",
            "Known are `type`, `source`, `alt-text`, `lightbox`, `border`, `link`.",
        ),
        "unclosed": Wording(
            "The image lacks its last `:::`, or a value its quotation marks: it is shown as text.",
            "Close it in the same line, and put each value between straight quotation marks.",
        ),
        "description": Wording(
            "The image is of the type `complex`, but the end of its description is missing.",
            "Put `:::image-end:::` into a line of its own behind the description.",
        ),
        "line": Wording(
            "The image of the type `complex` shares its line with other text.",
            "Put it into a line of its own, or give it the type `content`.",
        ),
        "end": Wording(
            "No description ends here, so `:::image-end:::` is shown as text.",
            "Remove it, or put the description right behind its image.",
        ),
    },
    copied=True,
    needs=(":::",),
)
def image_directive(subject: Subject) -> Iterator[Finding]:
    """Report images written as `:::image` that are not shown as meant.

    ## What it does
    Looks for `:::image …:::` without a source, with attributes that mean nothing, without its end,
    and for descriptions without a beginning or an end.

    ## Why
    Readers see the marks in place of the image, or a description without its image.

    ## Example
    ```markdown
    :::image type="content" src="media/phases.png" alt-text="The six phases":::
    ```

    ## Use instead
    ```markdown
    :::image type="content" source="media/phases.png" alt-text="The six phases":::
    ```

    ## Fix
    None.
    """
    for defect in subject.defects(DefectKind.IMAGE_WITHOUT_SOURCE):
        yield found(defect.span)
    for defect in subject.defects(DefectKind.IMAGE_ATTRIBUTE_UNKNOWN):
        yield found(defect.span, "attribute", name=defect.detail)
    variants = {"image": "unclosed", "image-end": "description", "line": "line"}
    for defect in subject.defects(DefectKind.IMAGE_UNCLOSED):
        yield found(defect.span, variants[defect.detail])
    for event in subject.prose:
        if ":::" in str(event.value):
            for mark in _STRAY_END.finditer(subject.text, event.start, event.end):
                yield found(Span(*mark.span()), "end")
