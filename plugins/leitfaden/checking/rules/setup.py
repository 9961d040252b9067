"""The set-up: the contract, the site, the baseline, and the comments that suppress findings."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.comments import MARK
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule, told_elsewhere
from leitfaden.checking.subject import Subject
from leitfaden.checking.suppressions import Fault, FaultKind
from leitfaden.model import Severity


def _faults(subject: Subject, *kinds: FaultKind) -> Iterator[Fault]:
    return (fault for fault in subject.requests.faults if fault.kind in kinds)


# Comments in pages


@page_rule(
    "LF920",
    "suppression-without-reason",
    "This comment is to suppress {rules} and does not say why, so it suppresses nothing.",
    "Write the reason behind what it names.",
    severity=Severity.WARNING,
    needs=(MARK,),
)
def suppression_without_reason(subject: Subject) -> Iterator[Finding]:
    """Report a comment that is to suppress findings and gives no reason.

    ## What it does
    Looks at the comments `leitfaden: ignore`, `ignore-start` and `ignore-file`, in the body and in
    the front matter. One without a reason suppresses nothing.

    ## Why
    Whoever comes across the comment later has to know whether it still holds. Without a reason
    nobody dares to remove it, and a real mistake stays hidden behind it.

    ## Example
    ```markdown
    <!-- leitfaden: ignore LF210 -->
    ##  Overview
    ```

    ## Use instead
    ```markdown
    <!-- leitfaden: ignore LF210 the old importer counts on both blanks -->
    ##  Overview
    ```

    ## Fix
    None: only people know the reason. Write it behind the code, or remove the comment.
    """
    for fault in _faults(subject, FaultKind.NO_REASON):
        yield found(fault.span, rules=fault.text)


suppression_unused = told_elsewhere(
    "LF921",
    "suppression-unused",
    """Report a comment that suppresses a rule which finds nothing there.

    ## What it does
    Compares what each comment `leitfaden: ignore`, `ignore-start` and `ignore-file` names with what
    the rules find in its place. What only follows from another finding does not count.

    ## Why
    The mistake has been corrected or has moved. A comment that is left over hides the next mistake
    of its kind, and nobody will look for it there.

    ## Example
    ```markdown
    <!-- leitfaden: ignore LF210 the old importer counts on both blanks -->
    ## Overview
    ```

    ## Use instead
    ```markdown
    ## Overview
    ```

    ## Fix
    Safe: the comment is removed, or the names in it that are not needed, where nothing else on the
    page depends on it. Comments between two lists, or close to other text, keep things apart:
    remove those by hand.
    """,
    {
        "": Wording(
            "This comment suppresses {rules}, but there is nothing to suppress.",
            "Remove what it names in vain.",
        )
    },
    severity=Severity.WARNING,
    fixable="safe",
)


@page_rule(
    "LF922",
    "suppression-unknown-rule",
    "No rule is called `{rule}`, so this comment does not suppress it.",
    "Write the code or the name of a rule, as the finding shows it.",
    severity=Severity.WARNING,
    variants={
        "never": Wording(
            "`{rule}` is about such comments themselves and cannot be suppressed.",
            "Correct the comment that it finds.",
        )
    },
    needs=(MARK,),
)
def suppression_unknown_rule(subject: Subject) -> Iterator[Finding]:
    """Report a comment that suppresses a rule which does not exist.

    ## What it does
    Looks up each code and each name in the comments `leitfaden: ignore` and the like. A comma
    announces a further rule, so a reason must not begin with one. The rules about such comments
    themselves cannot be suppressed.

    ## Why
    A misspelled code suppresses nothing, and its writer believes that it does.

    ## Example
    ```markdown
    <!-- leitfaden: ignore heading-blank the old importer counts on both blanks -->
    ##  Overview
    ```

    ## Use instead
    ```markdown
    <!-- leitfaden: ignore heading-blanks the old importer counts on both blanks -->
    ##  Overview
    ```

    ## Fix
    None: write the code or the name of the rule that is meant.
    """
    for fault in _faults(subject, FaultKind.UNKNOWN):
        yield found(fault.span, guess=fault.guess, rule=fault.text)
    for fault in _faults(subject, FaultKind.NOT_IGNORABLE):
        yield found(fault.span, "never", rule=fault.text)


@page_rule(
    "LF923",
    "suppression-unclosed",
    "`ignore-start` for `{rule}` has no `ignore-end`, so it suppresses nothing.",
    "Write `<!-- leitfaden: ignore-end {rule} -->` where the region ends.",
    severity=Severity.WARNING,
    variants={
        "end": Wording(
            "`ignore-end` for `{rule}` has no `ignore-start` before it.",
            "Remove it, or open the region further up.",
        ),
        "bare-end": Wording(
            "`ignore-end` has no `ignore-start` before it.",
            "Remove it, or open the region further up.",
        ),
    },
    needs=(MARK,),
)
def suppression_unclosed(subject: Subject) -> Iterator[Finding]:
    """Report a suppressed region of which only the beginning or only the end is marked.

    ## What it does
    Pairs each `leitfaden: ignore-start` with the next `leitfaden: ignore-end` for the same rule on
    the page; an `ignore-end` that names no rule ends all that is open. A region without an end
    suppresses nothing.

    ## Why
    If it went on to the end of the page, a lost line would switch the rule off for all of it.

    ## Example
    ```markdown
    <!-- leitfaden: ignore-start LF210 copied from the customer's template -->
    ##  Overview
    ```

    ## Use instead
    ```markdown
    <!-- leitfaden: ignore-start LF210 copied from the customer's template -->
    ##  Overview
    <!-- leitfaden: ignore-end LF210 -->
    ```

    ## Fix
    None: mark the end of the region, or use `leitfaden: ignore` for a single block and
    `leitfaden: ignore-file` for the whole page.
    """
    for fault in _faults(subject, FaultKind.NO_END):
        yield found(fault.span, rule=fault.text)
    for fault in _faults(subject, FaultKind.NO_START):
        yield found(fault.span, "end" if fault.text else "bare-end", rule=fault.text)


@page_rule(
    "LF927",
    "suppression-unclear",
    "This comment asks checks for `{verb}`, which they do not know.",
    "Write `ignore`, `ignore-start`, `ignore-end` or `ignore-file` behind `leitfaden:`.",
    severity=Severity.WARNING,
    variants={
        "no-verb": Wording(
            "This comment speaks to checks and does not say what they are to do.",
            "Write `ignore`, `ignore-start`, `ignore-end` or `ignore-file` behind `leitfaden:`.",
        ),
        "no-rule": Wording(
            "This comment does not name the rule that it is to suppress.",
            "Write the code of the rule and a reason, such as `ignore LF210 as agreed`.",
        ),
    },
    needs=(MARK,),
)
def suppression_unclear(subject: Subject) -> Iterator[Finding]:
    """Report a comment that speaks to checks and is not understood.

    ## What it does
    Looks at all comments that begin with `leitfaden:`. Behind it stands `ignore` (for the block
    below or around the comment), `ignore-start`, `ignore-end` or `ignore-file`, then one or more
    rules, separated by commas, then a reason.

    ## Why
    A comment that is not understood has no effect, and its writer believes that it has. One that
    names no rule would suppress every finding, also those that nobody has seen yet.

    ## Example
    ```markdown
    <!-- leitfaden: ignroe LF210 the old importer counts on both blanks -->
    ##  Overview
    ```

    ## Use instead
    ```markdown
    <!-- leitfaden: ignore LF210 the old importer counts on both blanks -->
    ##  Overview
    ```

    ## Fix
    None: write one of the four words, or name the rule.
    """
    for fault in _faults(subject, FaultKind.NO_VERB):
        variant = "" if fault.text else "no-verb"
        yield found(fault.span, variant, guess=fault.guess, verb=fault.text)
    for fault in _faults(subject, FaultKind.NO_RULE):
        yield found(fault.span, "no-rule")


# The baseline, and what the contract says about rules

baseline_entry_used_up = told_elsewhere(
    "LF924",
    "baseline-entry-used-up",
    """Report an entry of the baseline that no finding is left for.

    ## What it does
    Compares the baseline, a list of findings that the playbook lives with for now, with what the
    rules find today. Pages that are not checked are left alone.

    ## Why
    The mistake has been corrected, so the entry has done its duty. As long as it stands there, the
    same mistake in the same line could come back without anybody being told.

    ## Example
    ```json
    {"path": "docs/en/gone.md", "code": "LF210", "count": 1, "message": "…", "fingerprint": "…"}
    ```

    ## Use instead
    A baseline without this entry.

    ## Fix
    None on the page: run `leitfaden check --update-baseline`, which removes entries that are used
    up and never adds one.
    """,
    {
        "": Wording(
            "The baseline lists a finding of {rule} in {path} that is no longer there.",
            "Run `leitfaden check --update-baseline`.",
        ),
        "several": Wording(
            "The baseline lists {count} findings of {rule} in {path} that are no longer there.",
            "Run `leitfaden check --update-baseline`.",
        ),
    },
    severity=Severity.NOTICE,
)

baseline_broken = told_elsewhere(
    "LF925",
    "baseline-broken",
    """Report a baseline that cannot be read.

    ## What it does
    Reads the file that holds the findings which the playbook lives with for now: JSON with
    `version` and a list `findings`, one entry a line.

    ## Why
    Without it nobody can tell which findings are new. So that a damaged file does not pass for an
    empty one, the check stops here.

    ## Example
    ```json
    {
      "version": 1,
      "findings": [
    <<<<<<< main
    ```

    ## Use instead
    ```json
    {
      "version": 1,
      "findings": [
      ]
    }
    ```

    ## Fix
    None: resolve the conflict or restore the file, then run `leitfaden check --update-baseline`.
    Of two versions of the file keep the entries of both: what is not needed is removed then.
    """,
    {
        "": Wording("The baseline is not JSON: {reason}.", "Restore the file."),
        "unreadable": Wording("The baseline cannot be read: {reason}.", "Restore the file."),
        "shape": Wording(
            "The baseline is not what checks have written: `version` or `findings` is missing.",
            "Restore the file.",
        ),
        "version": Wording(
            "The baseline has version {version}; this program reads version {ours}.",
            "Use the program's version that wrote it.",
        ),
        "entry": Wording(
            "This entry of the baseline lacks something, or holds something else than it should.",
            "Restore or remove it.",
        ),
    },
    severity=Severity.ERROR,
)

rule_unknown = told_elsewhere(
    "LF926",
    "rule-unknown",
    """Report a rule in the contract that does not exist, or stands there twice.

    ## What it does
    Looks up each code and each name below `checks` in the contract.

    ## Why
    A misspelled code changes nothing: the rule keeps its severity, or findings that were to be
    switched off stop the build. Of a rule that is named twice, once by code and once by name, only
    the second entry counts.

    ## Example
    ```yaml
    checks:
      severity: {heading-blank: warning}
    ```

    ## Use instead
    ```yaml
    checks:
      severity: {heading-blanks: warning}
    ```

    ## Fix
    None: write the code or the name of the rule that is meant.
    """,
    {
        "": Wording(
            "No rule is called `{rule}`.", "Write the code or the name of a rule, or remove it."
        ),
        "twice": Wording(
            "`{rule}` is the rule that already stands here as `{other}`.", "Keep one of the two."
        ),
    },
    severity=Severity.ERROR,
)


# The contract

contract_unknown_key = told_elsewhere(
    "LF901",
    "contract-unknown-key",
    """Report a key in the contract that means nothing.

    ## What it does
    Compares every key in `playbook.yml` with those that have a meaning in its place, and every
    locale with those that `locales` declares.

    ## Why
    What stands below a misspelled key would be lost without a word.

    ## Example
    ```yaml
    lables:
      phase: {en: Phase, de: Phase, vocabulary: phases}
    ```

    ## Use instead
    ```yaml
    labels:
      phase: {en: Phase, de: Phase, vocabulary: phases}
    ```

    ## Fix
    None: write the key as it is known there, or remove it.
    """,
)

contract_missing_name = told_elsewhere(
    "LF902",
    "contract-missing-name",
    """Report a term that has no name in one of the locales.

    ## What it does
    Checks that each term, each definition and each title in `playbook.yml` has a text in every
    locale that `locales` declares.

    ## Why
    The site writes the names of terms, so readers of that locale would see a gap; and pages that
    use the name would not be understood.

    ## Example
    ```yaml
    phases:
      assess: {en: Assess}
    ```

    ## Use instead
    ```yaml
    phases:
      assess: {en: Assess, de: Analyse}
    ```

    ## Fix
    None: add the name.
    """,
)

contract_claimed_twice = told_elsewhere(
    "LF903",
    "contract-claimed-twice",
    """Report a spelling that stands for two terms.

    ## What it does
    Compares all names, aliases and deprecated spellings of a vocabulary within a locale. Case,
    blanks and a colon at the end make no difference.

    ## Why
    Nobody could tell which of the two terms a page means.

    ## Example
    ```yaml
    roles:
      manager: {en: Manager, de: Manager, aliases: {en: [FM]}}
      member: {en: Member, de: Mitglied, aliases: {en: [FM]}}
    ```

    ## Use instead
    ```yaml
    roles:
      manager: {en: Manager, de: Manager, aliases: {en: [FM]}}
      member: {en: Member, de: Mitglied}
    ```

    ## Fix
    None: decide which term the spelling stands for.
    """,
)

navigation_missing_page = told_elsewhere(
    "LF904",
    "navigation-missing-page",
    """Report a page in the navigation that does not exist.

    ## What it does
    Looks up each page id below `navigation` in the contract among the pages of all locales.

    ## Why
    The entry would lead nowhere; often the page was renamed and is now in no menu.

    ## Example
    ```yaml
    navigation: [index, assess-secruity]
    ```

    ## Use instead
    ```yaml
    navigation: [index, assess-security]
    ```

    ## Fix
    None: write the id of the page, write the page, or remove the entry.
    """,
    {
        "": Wording(
            "The navigation names the page `{page}`, which does not exist.",
            "Write the page, or remove it.",
        )
    },
    severity=Severity.ERROR,
)

contract_not_allowed = told_elsewhere(
    "LF905",
    "contract-not-allowed",
    """Report a value in the contract that is not allowed in its place.

    ## What it does
    Checks the form of the values in `playbook.yml` and what they refer to: keys of other terms,
    date patterns, levels, templates of views, the form of keys.

    ## Why
    The contract would promise what the site cannot keep.

    ## Example
    ```yaml
    roles:
      lead: {en: Lead, de: Leitung, order: first}
    ```

    ## Use instead
    ```yaml
    roles:
      lead: {en: Lead, de: Leitung, order: 1}
    ```

    ## Fix
    None: the message says what is allowed.
    """,
)

contract_unreadable = told_elsewhere(
    "LF906",
    "contract-unreadable",
    """Report a contract that cannot be read.

    ## What it does
    Reads `playbook.yml`: UTF-8, YAML, a single document of a size that a contract can have.

    ## Why
    Without the contract nothing is known of the pages, so everything else stops.

    ## Example
    ```yaml
    locales: {en: {name: English}
    ```

    ## Use instead
    ```yaml
    locales: {en: {name: English}}
    ```

    ## Fix
    None: correct the file where the message points.
    """,
)

contract_duplicate_key = told_elsewhere(
    "LF907",
    "contract-duplicate-key",
    """Report a key that stands twice in the same place of the contract.

    ## What it does
    Compares the keys of each mapping in `playbook.yml`.

    ## Why
    YAML keeps only one of the two, and no reader can tell which.

    ## Example
    ```yaml
    roles:
      manager: {en: Manager, de: Manager}
      manager: {en: Lead, de: Leitung}
    ```

    ## Use instead
    ```yaml
    roles:
      manager: {en: Manager, de: Manager}
      lead: {en: Lead, de: Leitung}
    ```

    ## Fix
    None: merge both entries, or remove one.
    """,
)


# The site

catalogue_wrong = told_elsewhere(
    "LF908",
    "catalogue-wrong",
    """Report a mistake in the texts of the site.

    ## What it does
    Reads the files in `overrides/locales/`, one for each locale. Every text must be one that the
    source locale has, too, and may have the same placeholders only.

    ## Why
    Nothing asks for a text with a misspelled key, and nothing fills a misspelled placeholder:
    readers see another language, or braces.

    ## Example
    ```yaml
    tasks:
      count: "{nubmer} tasks"
    ```

    ## Use instead
    ```yaml
    tasks:
      count: "{number} tasks"
    ```

    ## Fix
    None: write the key or the placeholder as the source locale has it.
    """,
)

template_wrong = told_elsewhere(
    "LF909",
    "template-wrong",
    """Report a template that is missing, broken, or asks for what there is not.

    ## What it does
    Loads and fills the templates in `overrides/` while the site is built.

    ## Why
    The page that it belongs to cannot be shown.

    ## Example
    ```jinja
    {% for task in tasks %}{{ task.nmae }}
    ```

    ## Use instead
    ```jinja
    {% for task in tasks %}{{ task.name }}{% endfor %}
    ```

    ## Fix
    None: correct the template in the line that the message names.
    """,
)

site_misconfigured = told_elsewhere(
    "LF910",
    "site-misconfigured",
    """Report a setting in mkdocs.yml with which the site would come out wrong.

    ## What it does
    Looks at the theme, at the plugins and their order, at the locales, and at settings that have no
    effect, such as `nav`.

    ## Why
    The build would succeed all the same and leave out pages, links or languages.

    ## Example
    ```yaml
    theme:
      name: material
      features: [navigation.instant]
    ```

    ## Use instead
    ```yaml
    theme:
      name: material
      custom_dir: overrides
    ```

    ## Fix
    None: the message says what to set.
    """,
)

folder_without_locale = told_elsewhere(
    "LF911",
    "folder-without-locale",
    """Report a folder that looks like a locale's and is not declared.

    ## What it does
    Looks at the folders at the top of the docs folder. One whose name could be a locale's key, such
    as `fr`, must stand below `locales` in the contract.

    ## Why
    Nothing in such a folder is published, and the build succeeds.

    ## Example
    ```text
    docs/en/index.md
    docs/fr/index.md
    ```

    ## Use instead
    ```yaml
    locales:
      en: {name: English}
      fr: {name: Français}
    ```

    ## Fix
    None: declare the locale; if the folder is none, give it a name of three letters or more.
    """,
    {
        "": Wording(
            "No locale `{detail}` is declared, so nothing in this folder is published.",
            "Declare it under `locales` in the contract; if it is none, "
            "give the folder a name of three letters or more.",
        ),
    },
    severity=Severity.ERROR,
)

page_misplaced = told_elsewhere(
    "LF912",
    "page-misplaced",
    """Report a page that is not published because of its folder or its name.

    ## What it does
    Looks for pages outside of the locales' folders, and for names such as `PAGE.MD` and
    `page.markdown`.

    ## Why
    A page belongs to the locale of its folder, and its name must end in `.md`. Any other one is
    left out, and the build succeeds.

    ## Example
    ```text
    docs/notes.md
    ```

    ## Use instead
    ```text
    docs/en/notes.md
    ```

    ## Fix
    None: move or rename the file.
    """,
    {
        "": Wording(
            "The page lies in no locale's folder; it is not published.",
            "Move it to the folder of its locale, such as `{source}`.",
        ),
        "ending": Wording(
            "The page's name does not end in `.md`; it is not published.", "Rename it."
        ),
    },
    severity=Severity.ERROR,
)

locale_without_folder = told_elsewhere(
    "LF913",
    "locale-without-folder",
    """Report a locale that is declared and has no folder.

    ## What it does
    Looks for a folder in the docs folder for each locale of the contract.

    ## Why
    All pages of that locale show the source's text. This is right for a start, and a surprise if
    the folder only has another name.

    ## Example
    ```text
    docs/en/index.md
    ```

    ## Use instead
    ```text
    docs/en/index.md
    docs/de/index.md
    ```

    ## Fix
    None: make the folder and translate a first page.
    """,
    severity=Severity.NOTICE,
)

link_out_of_docs = told_elsewhere(
    "LF914",
    "link-out-of-docs",
    """Report a file or a folder that is a link to somewhere else.

    ## What it does
    Looks at symbolic links in the docs folder: links to folders, links that lead out of the docs
    folder, and links to nothing.

    ## Why
    Whatever they show would be published, be it a secret of the machine that builds the site. So
    none of it is.

    ## Example
    ```text
    docs/en/shared -> /srv/drafts
    ```

    ## Use instead
    ```text
    docs/en/shared/page.md
    ```

    ## Fix
    None: put the files themselves there, or remove the link.
    """,
    {
        "": Wording(
            "The file is a link out of the docs folder, or one to nothing; it is not published.",
            "Copy what it should show into the docs folder.",
        ),
        "folder": Wording(
            "The folder is a link to another one; nothing in it is published.",
            "Put the folder itself there, or remove the link.",
        ),
    },
    severity=Severity.ERROR,
)

site_without_address = told_elsewhere(
    "LF916",
    "site-without-address",
    """Report a site that does not know its own address.

    ## What it does
    Looks for `site_url` in `mkdocs.yml`.

    ## Why
    Feeds of changes hold full addresses, as do the sitemap and what search engines are told about
    a page's other languages. Without `site_url` the site has none of them.

    ## Example
    ```yaml
    site_name: Playbook
    ```

    ## Use instead
    ```yaml
    site_name: Playbook
    site_url: https://playbook.example/
    ```

    ## Fix
    None: write the address under which readers find the site.
    """,
    {
        "": Wording(
            "The site does not know its own address, so it has no feeds of changes and no sitemap.",
            "Set `site_url`.",
        )
    },
    severity=Severity.NOTICE,
)

not_under_policy = told_elsewhere(
    "LF918",
    "not-under-policy",
    """Report what a page asks for and its policy forbids, so that readers don't get it.

    ## What it does
    Looks at pages that MkDocs renders (`renderer: mkdocs`), and with `trust: full` at all others,
    for `style` attributes and for diagrams of Mermaid. It looks only where pages have a policy, see
    `policy` in the contract.

    ## Why
    A `style` attribute can hide a page's text, or lay a picture of other text over it, so browsers
    are told to ignore all of them. Mermaid draws with styles of that kind, and its script would
    come from another host.

    ## Example
    ```markdown
    <p style="color: red">Call first.</p>
    ```

    ## Use instead
    ```markdown
    **Call first.**
    ```

    ## Fix
    None: what is meant can be said by Markdown, by a class of a style sheet, or by an image.
    """,
    {
        "": Wording(
            "A `style` attribute has no effect: `{tag}`.",
            "Say it by Markdown, or by a class that a style sheet of the site knows.",
        ),
        "mermaid": Wording(
            "A diagram of Mermaid is shown as its text only.",
            "Show an image of it.",
        ),
    },
    severity=Severity.WARNING,
)

code_not_let_in = told_elsewhere(
    "LF919",
    "code-not-let-in",
    """Report a script or a style in a finished page that none of its templates has put there.

    ## What it does
    Looks at each page when it is finished, for scripts and styles that stand in it, and for scripts
    from other hosts. Those of the templates are known; all others stop the build. It looks only
    where pages have a policy, see `policy` in the contract.

    ## Why
    Who gets a script into a page can read and do there what its readers can. Browsers don't run it,
    since the page's policy (Content-Security-Policy) doesn't name it; but how it came there has to
    be found out, and a script that was meant to run doesn't.

    ## Example
    ```html
    <script>document.title = "{{ page.title }}"</script>
    ```

    ## Use instead
    ```html
    <script src="{{ 'assets/javascripts/title.js' | url }}"></script>
    ```

    ## Fix
    None: remove it, or move it into a file of the site. A script in a template may stay if it says
    nothing that differs between pages; a host can be named below `policy.scripts`.
    """,
    {
        "": Wording(
            "The page holds a script that no template has: `{begins}`.",
            "Remove it, or move it into a file of the site.",
        ),
        "style": Wording(
            "The page holds a style that no template has: `{begins}`.",
            "Remove it, or move it into a style sheet of the site.",
        ),
        "source": Wording(
            "The page asks for a script of another host: `{begins}`.",
            "Remove it, copy the file into the site, or name its host below `policy.scripts`.",
        ),
        "no-policy": Wording(
            "The page has no policy.",
            "Let its template extend `main.html`, or put "
            "`{{% include "
            '"partials/leitfaden/policy.html" %}}` behind its `<meta charset>`.',
        ),
    },
    severity=Severity.ERROR,
)

two_files = told_elsewhere(
    "LF915",
    "two-files",
    """Report a file that is not published because another one makes the same page.

    ## What it does
    Looks for files of one locale that have the same page id. A suffix of an older tree, such as
    `-de`, does not count: `index.md` and `index-de.md` in `docs/de/` are the same page. The file
    with the suffix is published, as it was made for the locale. And looks for pages that have the
    same address: `plan.md` and `plan/index.md`, or `de/plan.md` among the pages of the source and
    `plan.md` among the German ones. And for files in the place of those that the site writes for
    its search and for machines, such as `tasks.json` and all in `search/`.

    ## Why
    Readers see only one of the two; often the other is an old copy that somebody still edits.

    ## Example
    ```text
    docs/de/index.md
    docs/de/index-de.md
    ```

    ## Use instead
    ```text
    docs/de/index.md
    ```

    ## Fix
    None: delete or rename one of the two files.
    """,
    {
        "": Wording(
            "Two files make the page `{page}` in locale `{locale}`: this one and {kept}, "
            "which is published.",
            "Delete or rename one of them.",
        ),
        "made": Wording(
            "The site itself writes a file at this address; it is not published.", "Rename it."
        ),
        "address": Wording(
            "The page `{page}` has the address of another one, that of {kept}; readers see only "
            "one of the two.",
            "Delete or rename one of them.",
        ),
    },
    severity=Severity.ERROR,
)
