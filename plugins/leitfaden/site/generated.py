"""Pages that no file holds: made from templates, then read and rendered like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from leitfaden.checking.registry import all_rules
from leitfaden.checking.rule import Rule
from leitfaden.checking.rulepages import INDEX, page_id_of
from leitfaden.checking.suppressions import OWN_CODES
from leitfaden.checking.wording import LANGUAGES, RuleTexts, texts_of
from leitfaden.model import Page, Playbook
from leitfaden.reading import PageReader
from leitfaden.rendering import Templates


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
    if not reader.contract.checks.pages:
        return playbook, {}
    made: dict[str, Page] = {}
    pages: dict[str, Mapping[str, Page]] = {}
    for locale in playbook.locales:
        written = playbook.pages.get(locale, {})
        new = {
            page_id: _read(f"{docs}/{locale}/{page_id}.md", page_id, text, locale, reader)
            for page_id, text in _texts(locale, playbook.source, templates)
            if page_id not in written
        }
        made |= {f"{locale}/{page_id}.md": page for page_id, page in new.items()}
        pages[locale] = dict(sorted({**written, **new}.items()))
    return replace(playbook, pages=pages), made


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


def _read(path: str, page_id: str, text: str, locale: str, reader: PageReader) -> Page:
    return reader.read(text.encode(), path=path, locale=locale, page_id=page_id)


def _texts(locale: str, source: str, templates: Templates) -> Iterator[tuple[str, str]]:
    if locale != source and _language(locale) not in LANGUAGES:
        return  # readers get the source, and are told so, as of any page without translation
    rules = [(rule, _marked(texts_of(rule, _language(locale)))) for rule in all_rules().values()]
    yield INDEX, _page(templates, "rules", locale, "", families=list(_families(rules)))
    for rule, texts in rules:
        values = {"rule": rule, "texts": texts, "can_ignore": _can_ignore(rule)}
        yield page_id_of(rule.code), _page(templates, "rule", locale, texts.summary, **values)


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
    front_matter = f"description: {json.dumps(description, ensure_ascii=False)}\n"
    # Partners look for tasks, not for rules.
    return f"---\n{front_matter if description else ''}search: {{exclude: true}}\n---\n{body}"
