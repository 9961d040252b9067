"""Images: whether they are there, and what is said to those who don't see them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.links import Reach
from leitfaden.checking.rule import Wording, page_rule, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.model import Confidence, Severity


@tree_rule(
    "LF417",
    "image-missing",
    "The image `{file}` does not exist.",
    "Add the file, or correct the path.",
    copied=True,
    fixable="unsafe",
)
def image_missing(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an image whose file does not exist.

    ## What it does
    Looks up the file of each image, from the folder of the page. A translation may use an image
    that lies at the same place in the source's folder: that is what its readers get.

    ## Why
    Readers see the alternative text where the picture should be.

    ## Example
    ```markdown
    ![The six phases, one after the other](media/phase.png)
    ```

    ## Use instead
    ```markdown
    ![The six phases, one after the other](media/phases.png)
    ```

    ## Fix
    Unsafe: the path is replaced by that of the file most like it, if one is like it.
    """
    for one in tree.links(facts):
        if one.link.image and one.reach is Reach.MISSING:
            fix = one.fix(safe=False)
            yield found(one.link.place, guess=one.guess, fix=fix, file=one.page_id)


@tree_rule(
    "LF418",
    "image-case",
    "The image's file is written `{file}`, with other capital letters.",
    "Write the name as the file has it.",
    severity=Severity.WARNING,
    fixable="safe",
)
def image_case(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report an image whose file has other capital letters in its name.

    ## What it does
    Compares the path of each image with the names of the files, letter by letter.

    ## Why
    Windows, macOS and this site show the image all the same. GitHub's preview and most other tools
    don't.

    ## Example
    ```markdown
    ![The six phases, one after the other](media/Phases.PNG)
    ```

    ## Use instead
    ```markdown
    ![The six phases, one after the other](media/phases.png)
    ```

    ## Fix
    Safe: the name is written as the file has it.
    """
    for one in tree.links(facts):
        if one.link.image and one.reach is Reach.CASE:
            yield found(one.link.place, fix=one.fix(safe=True), file=one.meant)


@page_rule(
    "LF419",
    "image-alt",
    "The image `{file}` has no alternative text.",
    "Say what it shows: between the brackets, or in `alt-text`.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={
        "name": Wording(
            "The alternative text of the image is the name of its file, `{file}`.",
            "Say what it shows: between the brackets, or in `alt-text`.",
        ),
        "stem": Wording(
            "The alternative text `{text}` of the image is only the name of its file.",
            "Say what it shows: between the brackets, or in `alt-text`.",
        ),
    },
)
def image_alt(subject: Subject) -> Iterator[Finding]:
    """Report an image that says nothing to those who don't see it.

    ## What it does
    Looks for images without an alternative text, and for texts that only repeat the name of the
    file, with its ending or without. A name of a single word is left alone, since it can be what
    the image shows.

    ## Why
    A screen reader reads this text aloud in place of the image, search looks for it, and everybody
    sees it when the image does not load.

    ## Example
    ```markdown
    ![status-form-2.png](media/status-form-2.png)
    ```

    ## Use instead
    ```markdown
    ![The form in which you enter the status](media/status-form-2.png)
    ```

    ## Fix
    None: only you can say what the image shows.
    """
    for link in subject.page.links:
        if not link.image:
            continue
        path = link.target.partition("?")[0].partition("#")[0]
        name = posixpath.basename(unquote(path))
        stem = posixpath.splitext(name)[0].casefold()
        text = link.text.strip()
        if not text:
            if not link.decorative:
                yield found(link.span, file=name or link.target)
        elif name and text.casefold() == name.casefold():
            yield found(link.span, "name", file=name)
        elif text.casefold() == stem and not stem.isalpha() and " " not in stem:
            yield found(link.span, "stem", text=text)


@page_rule(
    "LF426",
    "image-not-let-in",
    "The image is on `{host}`, and browsers don't show images from there on this site.",
    "Put it into the docs folder, or name the host in the contract, below `policy.images`.",
    severity=Severity.WARNING,
    copied=True,
    needs=("//",),
)
def image_not_let_in(subject: Subject) -> Iterator[Finding]:
    """Report an image on another host that the site's policy does not name.

    ## What it does
    Compares the address of each image with `policy.images` of the contract. It is silent where
    pages have no policy.

    ## Why
    Each page tells its browser to show images of the site alone, and of the hosts that the contract
    names. Whoever keeps an image elsewhere can exchange it at any time, and learns who reads the
    page.

    ## Example
    ```markdown
    ![The six phases, one after the other](https://pictures.example/phases.png)
    ```

    ## Use instead
    ```markdown
    ![The six phases, one after the other](media/phases.png)
    ```

    ## Fix
    None: download the image, and see whether you may publish it.
    """
    policy = subject.contract.policy
    for link in subject.page.links if policy.enforced else ():
        target = link.target.strip()
        if link.image and "//" in target[:9] and not policy.shows_image(target):
            host = target.partition("//")[2].partition("/")[0]
            yield found(link.span, host=host)
