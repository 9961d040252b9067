"""Pages that no file holds: read and rendered like any other.

Those of rules are made from templates of Markdown; all others are but a heading, and what a view
shows below it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from leitfaden.checking.madepages import MadePage, made_pages
from leitfaden.checking.registry import all_rules
from leitfaden.checking.rule import Rule
from leitfaden.checking.suppressions import OWN_CODES
from leitfaden.checking.wording import LANGUAGES, RuleTexts, texts_of
from leitfaden.model import Page, Playbook
from leitfaden.model.madeids import RULES_INDEX, rule_page
from leitfaden.reading import PageReader
from leitfaden.rendering import Templates
from leitfaden.site.wording import language_tag

# Views whose headings are no place to go to, and that need room.
_WIDE = ("finder", "checklist", "status")
_NAME = "\0"  # where a name belongs in a text
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def with_generated(
    playbook: Playbook, docs: str, reader: PageReader, templates: Templates
) -> tuple[Playbook, dict[str, Page]]:
    """Return the playbook with the generated pages, and these by their path below docs.

    A page that somebody has written under the same id stays.

    Args:
        playbook: The pages that were written.
        docs: The docs folder, relative to the project, with `/`.
        reader: Reads pages by the contract.
        templates: The templates of the pages.
    """
    made: dict[str, Page] = {}
    pages: dict[str, Mapping[str, Page]] = {}
    views = tuple(made_pages(reader.contract, playbook))
    for locale in playbook.locales:
        new = {
            page.id: page
            for page in _made(locale, views, playbook, docs, reader, templates)
            if page.id not in playbook.ids
        }
        made |= {f"{locale}/{page_id}.md": page for page_id, page in new.items()}
        pages[locale] = dict(sorted({**playbook.pages.get(locale, {}), **new}.items()))
    return replace(playbook, pages=pages), made


def _made(
    locale: str,
    views: Iterable[MadePage],
    playbook: Playbook,
    docs: str,
    reader: PageReader,
    templates: Templates,
) -> Iterator[Page]:
    def read(page_id: str, text: str) -> Page:
        path = f"{docs}/{locale}/{page_id}.md"
        return reader.read(text.encode(), path=path, locale=locale, page_id=page_id)

    if reader.contract.checks.pages:
        for page_id, text in _rules(locale, playbook.source, templates):
            yield read(page_id, text)
    for one in views:
        page = read(one.page_id, _view_text(one, locale, playbook, templates))
        yield replace(page, kind=one.view, view=one.view, subject=one.subject)


def files_of(made: Mapping[str, Page], config: MkDocsConfig) -> Iterator[File]:
    """Yield a file for each generated page, as if it lay below docs."""
    for uri in made:
        yield File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)


def mark(files: Files, made: Mapping[str, Page]) -> None:
    """Tell MkDocs which files are none: they cannot be edited, and need not be in the nav.

    Args:
        files: The files of a locale, as static-i18n made them.
        made: The generated pages.
    """
    for file in files:
        if file.src_uri in made:
            file.edit_uri = None
            file.inclusion = InclusionLevel.NOT_IN_NAV


def _rules(locale: str, source: str, templates: Templates) -> Iterator[tuple[str, str]]:
    if locale != source and _language(locale) not in LANGUAGES:
        return  # readers get the source, and are told so, as of any page without translation
    rules = [(rule, _marked(texts_of(rule, _language(locale)))) for rule in all_rules().values()]
    yield RULES_INDEX, _page(templates, "rules", locale, "", families=list(_families(rules)))
    for rule, texts in rules:
        values = {"rule": rule, "texts": texts, "can_ignore": _can_ignore(rule)}
        yield rule_page(rule.code), _page(templates, "rule", locale, texts.summary, **values)


def _language(locale: str) -> str:
    """Return the language of a locale: rules are explained in languages, not in regions."""
    return locale.replace("_", "-").partition("-")[0]


def _marked(texts: RuleTexts) -> RuleTexts:
    """Return texts that are not escaped: they are Markdown of ours, not HTML."""
    return replace(texts, summary=Markup(texts.summary), explanation=Markup(texts.explanation))


def _can_ignore(rule: Rule) -> bool:
    checked_here = rule.page_check or rule.tree_check
    return bool(checked_here) and rule.code not in OWN_CODES


def _families(rules: list[tuple[Rule, RuleTexts]]) -> Iterator[dict[str, Any]]:
    for digit, family in groupby(rules, key=lambda entry: entry[0].code[2]):
        yield {"digit": digit, "rules": list(family)}


def _page(templates: Templates, name: str, locale: str, description: str, **values: object) -> str:
    body = templates.render(f"pages/{name}.md", locale, values)
    if not description:
        return body
    return f"---\ndescription: {json.dumps(description, ensure_ascii=False)}\n---\n{body}"


def _view_text(made: MadePage, locale: str, playbook: Playbook, templates: Templates) -> str:
    """Return the text of a page that a view shows: its heading, and the phase that it is about."""
    lines = [f"# {_heading(made, locale, playbook, templates)}"]
    if made.view == "phase":
        contract = templates.contract
        name = contract.phases[made.subject].name(locale)
        labels = (one for one in contract.labels.values() if one.vocabulary == "phases")
        lines += [f"{one.name(locale)}: **{_as_markdown(name)}**" for one in labels]
    front_matter = "---\nhide: [toc]\n---\n" if made.view in _WIDE else ""
    return front_matter + "\n\n".join(lines) + "\n"


def _heading(made: MadePage, locale: str, playbook: Playbook, templates: Templates) -> str:
    """Return the heading of a page, as Markdown; a task's name may be in another language."""
    if made.view != "task":
        return _as_markdown(_title(made, locale, templates))
    text = templates.catalogue.text
    record = playbook.records(locale).get(made.subject)
    if record is None or not record.name:
        return _as_markdown(text("made.task-unnamed", locale, task=made.subject))
    name = _as_markdown(record.name)
    if record.locale != locale:
        about = templates.contract.locales[record.locale]
        tag = language_tag(record.locale, templates.contract)
        name = f'<span lang="{tag}" dir="{about.direction}">{name}</span>'
    around = text("made.task", locale, task=made.subject, name=_NAME)
    return name.join(_escaped(part) for part in around.split(_NAME))


def _title(made: MadePage, locale: str, templates: Templates) -> str:
    contract, text = templates.contract, templates.catalogue.text
    if made.subject:
        name = contract.vocabulary(made.vocabulary)[made.subject].name(locale)
        return text("made.print-phase" if made.view == "print" else "made.term", locale, name=name)
    return text(f"made.{made.vocabulary or made.view}", locale)


def _as_markdown(text: str) -> str:
    """Return a text so that Markdown shows it as it is, in one line."""
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", text)
