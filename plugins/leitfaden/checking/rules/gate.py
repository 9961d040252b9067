"""The gate: what a site does not publish of the docs folder, whoever has put it there."""

from __future__ import annotations

from leitfaden.checking.rule import Wording, told_elsewhere
from leitfaden.model import Severity

_LEFT_OUT = "it is not published"

file_kind = told_elsewhere(
    "LF121",
    "file-kind",
    """Report a file of a kind that is not published.

    ## What it does
    Compares what the file's name ends in with the kinds of files that the site takes: pages,
    images, documents, archives, sound and video. `files` in the contract changes the list.

    ## Why
    A file is published at the site's own address. What a browser runs there, such as HTML or
    JavaScript, can do all that the site can, in the name of whoever reads it; anybody whose change
    is taken over could bring it along. So it is left out.

    ## Example
    ```text
    docs/en/tools/calculator.html
    ```

    ## Use instead
    ```yaml
    files: {also: [css]} # in the contract; HTML and JavaScript only if you trust all writers
    ```

    ## Fix
    None: move the file out of the docs folder, save it in another format, or add its ending to
    `files.also` in the contract.
    """,
    {
        "": Wording(
            f"Files that end in `.{{detail}}` are not among those that a site takes; {_LEFT_OUT}.",
            "Save it in another format, or add the ending to `files.also` in the contract.",
        ),
        "none": Wording(
            f"The file's name has no ending that tells what it is; {_LEFT_OUT}.",
            "Give it one, or add its name to `files.also` in the contract.",
        ),
        "active": Wording(
            f"A file that ends in `.{{detail}}` could run code in a reader's browser; {_LEFT_OUT}.",
            "Write a page instead. If it is yours, it belongs into the theme's folder.",
        ),
    },
)

file_name = told_elsewhere(
    "LF122",
    "file-name",
    """Report a name of a file or folder that can deceive people or break programs.

    ## What it does
    Looks for control characters, invisible characters and those that turn the direction of
    writing, backslashes, bytes that are no UTF-8, and names of more than 240 bytes. What has such
    a name is not published; in a folder, nothing is.

    ## Why
    A name that shows otherwise than it is makes people open what they don't mean to. A line end or
    a backslash in it means something else to another program: a further line, another folder.

    ## Example
    ```text
    docs/en/plan(U+202E)fdp.exe.md
    ```

    ## Use instead
    ```text
    docs/en/plan.md
    ```

    ## Fix
    None: rename it with letters, digits and hyphens.
    """,
    {
        "": Wording(
            f"The name cannot be used; {_LEFT_OUT}.", "Rename it with letters, digits and hyphens."
        ),
        "control": Wording(
            f"The name holds a control character; {_LEFT_OUT}.",
            "Rename it with letters, digits and hyphens.",
        ),
        "invisible": Wording(
            f"The name holds a character that nobody sees; {_LEFT_OUT}.",
            "Rename it with letters, digits and hyphens.",
        ),
        "backslash": Wording(
            f"The name holds a backslash, which parts folders on Windows; {_LEFT_OUT}.",
            "Rename it with letters, digits and hyphens.",
        ),
        "encoding": Wording(
            f"The name is not UTF-8; {_LEFT_OUT}.", "Rename it with letters, digits and hyphens."
        ),
        "long": Wording(f"The name is longer than 240 bytes; {_LEFT_OUT}.", "Shorten it."),
    },
)

file_name_elsewhere = told_elsewhere(
    "LF123",
    "file-name-elsewhere",
    """Report a name of a file or folder that not every machine can have.

    ## What it does
    Looks for names that Windows keeps for devices, for characters that it does not allow, for dots
    and blanks at the end, for paths of more than 180 characters, and for two files whose names
    differ only in upper and lower case or in how an accent is written.

    ## Why
    On Windows the whole playbook cannot be checked out any more. Of two files that a machine takes
    for one, the later one overwrites the other, also where the site is served.

    ## Example
    ```text
    docs/en/Checklist.md
    docs/en/checklist.md
    ```

    ## Use instead
    ```text
    docs/en/checklist.md
    docs/en/checklist-for-handover.md
    ```

    ## Fix
    None: rename the file, and correct the links to it.
    """,
    {
        "": Wording("Not every machine can have a file of this name.", "Rename it."),
        "reserved": Wording(
            "Windows keeps this name for a device and cannot have such a file.", "Rename it."
        ),
        "character": Wording(
            'The name holds a character that Windows does not allow (`<>:"|?*`).', "Rename it."
        ),
        "edge": Wording(
            "The name begins with a blank, or ends with a blank or a dot, which Windows drops.",
            "Rename it.",
        ),
        "long": Wording("The path is too long for Windows.", "Shorten the names in it."),
        "double": Wording(
            "Many machines take this file and “{detail}” for the same one.",
            "Rename one of them.",
        ),
    },
    severity=Severity.WARNING,
)

file_size = told_elsewhere(
    "LF124",
    "file-size",
    """Report files that are too large, too many, or too deep in folders.

    ## What it does
    Compares files with `limits` in the contract: the size of an image and of any other file, the
    size and the number of all files, and how many folders may stand in each other. A page has at
    most 2 MB (`LF101`).

    ## Why
    Whoever sends in a change should not be able to fill the disk of the machine that builds the
    site, or keep it busy. And readers would have to load it.

    ## Example
    ```yaml
    limits: {image: 20 MB} # docs/assets/poster.png has 70 MB
    ```

    ## Use instead
    ```yaml
    limits: {image: 80 MB} # if readers are really meant to load that much
    ```

    ## Fix
    None: make the file smaller, move it out of the docs folder, or raise the limit. A single file
    is left out; of too many files none can be, so the build ends.
    """,
    {
        "": Wording(
            f"The file has more than {{detail}}; {_LEFT_OUT}.",
            "Make it smaller, or raise `limits` in the contract.",
        ),
        "deep": Wording(
            "The folder stands in more than {detail} others; nothing in it is published.",
            "Move it further up, or raise `limits.depth` in the contract.",
        ),
        "many": Wording(
            "The docs folder holds more than {detail} files.",
            "Move some out of it, or raise `limits.files` in the contract.",
        ),
        "site": Wording(
            "The docs folder holds more than {detail}.",
            "Move some of it elsewhere, or raise `limits.site` in the contract.",
        ),
    },
)

drawing_active = told_elsewhere(
    "LF125",
    "drawing-active",
    """Report a drawing (SVG) that does more than being drawn.

    ## What it does
    Reads all SVG files and looks for scripts, for attributes that begin with `on`, for HTML within
    the drawing (`foreignObject`), for images, styles and shapes from elsewhere, for addresses such
    as `javascript:`, for animations that change an address, and for entities. Links to the web are
    fine. A drawing that is no well-formed XML is reported, too.

    ## Why
    As an image on a page a drawing is harmless. But it can be opened at its own address, which is
    the site's: then its script runs there and can do all that the site can, in the name of whoever
    has opened it.

    ## Example
    ```xml
    <svg xmlns="http://www.w3.org/2000/svg" onload="start()">
    ```

    ## Use instead
    ```xml
    <svg xmlns="http://www.w3.org/2000/svg">
    ```

    ## Fix
    None: export the drawing anew, as plain SVG and with texts as texts, not as HTML; or save it as
    PNG. With `trust: full` in the contract drawings are published as they are.
    """,
    {
        "": Wording(f"The drawing cannot be used; {_LEFT_OUT}.", "Export it as plain SVG."),
        "script": Wording(
            f"The drawing holds a script (`<{{detail}}>`); {_LEFT_OUT}.",
            "Export it as plain SVG, or remove the script.",
        ),
        "handler": Wording(
            f"The drawing would run a script (`{{detail}}`); {_LEFT_OUT}.",
            "Export it as plain SVG, or remove the attribute.",
        ),
        "foreign": Wording(
            f"The drawing holds another kind of document (`<{{detail}}>`); {_LEFT_OUT}.",
            "Export it with texts as texts, not as HTML, or save it as PNG.",
        ),
        "external": Wording(
            f"The drawing would load `{{detail}}`; {_LEFT_OUT}.",
            "Embed what it shows, or save it as PNG.",
        ),
        "scheme": Wording(
            f"An address in the drawing does not lead to the web (`{{detail}}`); {_LEFT_OUT}.",
            "Remove the address.",
        ),
        "style": Wording(
            f"The drawing's styles hold `{{detail}}`; {_LEFT_OUT}.",
            "Export it as plain SVG, or remove it.",
        ),
        "animation": Wording(
            f"An animation in the drawing would change an address (`{{detail}}`); {_LEFT_OUT}.",
            "Remove the animation.",
        ),
        "entity": Wording(
            f"The drawing declares an entity (`{{detail}}`); {_LEFT_OUT}.",
            "Export it as plain SVG, or write what the entity stands for.",
        ),
        "broken": Wording(
            f"The drawing is no well-formed SVG ({{detail}}); {_LEFT_OUT}.",
            "Export it anew, or save it as PNG.",
        ),
    },
)
