"""`leitfaden search`: what readers find, and why it ranks so."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import WrongUsage, is_coloured, put, show
from leitfaden.cli.project import Project, fail, open_project, relative

if TYPE_CHECKING:
    from leitfaden.contract import Contract
    from leitfaden.model import Playbook
    from leitfaden.reporting.searching import Answer
    from leitfaden.searching.engine import Query
    from leitfaden.searching.places import Places

_NOTHING = 1  # the exit code if no page is found, as that of grep
_FILTERS = {
    "phase": "phases",
    "role": "roles",
    "service": "services",
    "requirement": "requirements",
}


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """Add an option for each vocabulary by which readers narrow their search."""
    for name, vocabulary in reversed(_FILTERS.items()):
        option = click.option(
            f"--{name}",
            vocabulary,
            multiple=True,
            metavar="NAME",
            help=f"Only what is for this {name}, by name or key; can be given several times.",
        )
        command = option(command)
    return command


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--locale", metavar="KEY", help="Whose pages; those of the source if not given.")
@_filters
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="How many pages are shown.",
)
@click.option("--why", is_flag=True, help="Tell by which words each place was found.")
@click.option("--json", "as_json", is_flag=True, help="Write all that is known, for programs.")
@common.language
@common.contract
@common.docs
@click.pass_context
def search(
    context: click.Context,
    /,
    query: tuple[str, ...],
    locale: str | None,
    limit: int,
    why: bool,
    as_json: bool,
    language: str,
    contract_path: Path,
    docs: Path | None,
    **filters: tuple[str, ...],
) -> None:
    """Search the pages as readers do on the site.

    What is found is what the site's search box finds, in the same order. Exit codes: 0 if a page is
    found, 1 if none is, 2 for wrong usage or a wrong contract.
    """
    from leitfaden.contract import ContractError
    from leitfaden.reading.playbook import no_collector
    from leitfaden.searching.engine import Query
    from leitfaden.searching.places import Places

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    key = _locale(locale, project.contract)
    asked = {name: _keys(name, texts, key, project.contract) for name, texts in filters.items()}
    with no_collector():
        answer, playbook = _answer(project, Query(" ".join(query), asked, limit), key)
        path = relative(contract_path.absolute(), project)
        places = Places(playbook, project.contract, key, path)
        _tell(answer, places, language, why=why, as_json=as_json)
    context.exit(0 if answer.pages else _NOTHING)


def _locale(given: str | None, contract: Contract) -> str:
    """Return the locale to search in.

    Raises:
        WrongUsage: There is none of that name; it tells the nearest one.
    """
    if given is None:
        return contract.source
    if given not in contract.locales:
        from leitfaden.contract import nearest

        close = nearest(given, contract.locale_keys)
        guess = f"Did you mean {close}?" if close else f"There are: {', '.join(contract.locales)}."
        raise WrongUsage(f"There is no locale {given!r}. {guess}")
    return given


def _keys(name: str, texts: tuple[str, ...], locale: str, contract: Contract) -> frozenset[str]:
    """Return the keys of terms that were given by name or key.

    Raises:
        WrongUsage: The vocabulary has no such term; it tells the nearest one.
    """
    vocabulary = contract.vocabulary(name)
    found = set()
    for text in texts:
        match = vocabulary.find(text, locale)
        if match is None and text not in vocabulary:
            from leitfaden.contract import nearest

            close = vocabulary.nearest(text, locale) or nearest(text, vocabulary)
            guess = f" Did you mean {close!r}?" if close else ""
            raise WrongUsage(f"There is nothing called {text!r} among the {name}.{guess}")
        found.add(match.key if match else text)
    return frozenset(found)


def _answer(project: Project, query: Query, locale: str) -> tuple[Answer, Playbook]:
    """Search the pages; return what was found, and the pages."""
    from leitfaden.checking.findable import made_to_find
    from leitfaden.reading import read_playbook
    from leitfaden.reporting.searching import Answer
    from leitfaden.searching.analysis import Analyser
    from leitfaden.searching.documents import documents_of
    from leitfaden.searching.engine import Engine, Query
    from leitfaden.searching.index import build_index
    from leitfaden.searching.suggestions import suggestion

    contract = project.contract
    playbook = read_playbook(project.docs, contract, project.root)
    made = made_to_find(contract, playbook, locale)
    index = build_index(documents_of(playbook, contract, locale, made), contract, locale)
    analyser = Analyser(contract.locales[locale].search)
    engine = Engine(index, analyser)
    answer = Answer(query.text, locale, engine.search(query))
    if not answer.pages:
        unfiltered = len(engine.search(Query(query.text, limit=index.documents)))
        suggested = "" if unfiltered else suggestion(query.text, index, analyser)
        answer = answer._replace(suggestion=suggested, unfiltered=unfiltered)
    return answer, playbook


def _tell(answer: Answer, places: Places, language: str, *, why: bool, as_json: bool) -> None:
    from leitfaden.reporting import Style
    from leitfaden.reporting.searching import document, text

    if as_json:
        put(document(answer, places))
        return
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 100
    style = Style(language=language, colour=is_coloured(terminal), width=width)
    show("".join(f"{line}\n" for line in text(answer, places, style, why=why)))
