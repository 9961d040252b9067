"""What the builds of all locales share, and what each of them has for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files

from leitfaden.checking.baseline import DEFAULT_NAME, BaselineError
from leitfaden.checking.madepages import made_ids
from leitfaden.checking.places import Places
from leitfaden.checking.redirects import Addresses, accepted
from leitfaden.checking.registry import all_rules
from leitfaden.checking.severities import severity_of
from leitfaden.checking.survey import Survey, survey_of
from leitfaden.contract import Contract, ContractError, load_contract, nearest
from leitfaden.model import Diagnostic, Page, Place, Playbook, Redirect, Severity
from leitfaden.reading import PageReader, read_inventory
from leitfaden.reading.history import read_history
from leitfaden.reading.inventory import Stray, StrayKind, take_inventory
from leitfaden.reading.playbook import no_collector
from leitfaden.reading.redirects import read_all
from leitfaden.rendering import Catalogue, CatalogueError, Knowledge, Renderer, TemplateFault
from leitfaden.site import checks, collector, generated, i18n, preconditions, reach, sources
from leitfaden.site.anchors import AnchorUse
from leitfaden.site.backlinks import naming_of
from leitfaden.site.befores import Befores
from leitfaden.site.bounds import bound
from leitfaden.site.changes import changes_by_locale, feed_addresses, without_address
from leitfaden.site.lean import Compiled, ThemeFiles
from leitfaden.site.levels import level_of
from leitfaden.site.messages import FailOn, Messages
from leitfaden.site.navigation import own_titles
from leitfaden.site.parity import Translations
from leitfaden.site.policy import Policies, mistakes
from leitfaden.site.sidebar import Shared

_MISPLACED = (StrayKind.UNDECLARED_LOCALE, StrayKind.NO_LOCALE, StrayKind.MISNAMED)


@dataclass
class Sheet:
    """A page on its way through the events of a locale's build.

    Args:
        page: What is rendered.
        given: The text as MkDocs first showed it to the plugins.
        markdown: The text as the plugins left it.
    """

    page: Page
    given: str
    markdown: str = ""


@dataclass
class LocaleBuild:
    """What belongs to the build of one locale.

    Args:
        locale: The reader's locale.
        titles: The names that the navigation gives to pages.
        files: The files that the locale publishes, known from `on_files` on.
        sheets: Our pages by their source path.
        changed: The pages whose texts other plugins have changed, as they were read again.
        anchors: Links to anchors that only the finished pages can tell.
        foreign: The language of each page without translation, by its address; None before the
            first page asks.
        env: The environment of the templates, from `on_env` until the first page asks for `shared`.
        shared: What all pages have in common of the navigation; None where that is not known.
        kept: What templates have kept for the other pages.
    """

    locale: str
    titles: dict[str, str]
    files: Files = field(default_factory=lambda: Files([]))
    sheets: dict[str, Sheet] = field(default_factory=dict)
    changed: list[Page] = field(default_factory=list)
    anchors: list[AnchorUse] = field(default_factory=list)
    foreign: Mapping[str, str] | None = None
    env: Environment | None = None
    shared: Shared | None = None
    kept: dict[str, str] = field(default_factory=dict)


@dataclass
class Build:
    """One build of the site in all locales, made when MkDocs begins to build.

    Args:
        root: The project's folder.
        contract: The contract.
        catalogue: The texts of the site.
        renderer: Renders pages.
        messages: Takes what there is to tell.
        fail_on: From which severity on a strict build fails for what checks find.
        is_checked_aside: Whether somebody else checks the pages and tells of it.
        survey: Where the pages are from, once they have been read.
        workers: How many processes may work at the same time while the pages are checked.
        templates: The folders of all templates.
    """

    root: Path
    contract: Contract
    catalogue: Catalogue
    renderer: Renderer
    messages: Messages
    fail_on: FailOn
    written: Playbook = field(default_factory=lambda: Playbook("", (), {}))
    playbook: Playbook = field(default_factory=lambda: Playbook("", (), {}))
    pages: dict[str, Page] = field(default_factory=dict)
    generated: dict[str, Page] = field(default_factory=dict)
    locales: dict[str, LocaleBuild] = field(default_factory=dict)
    told_paths: frozenset[str] = frozenset()
    redirects: tuple[Redirect, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    is_checked_aside: bool = False
    survey: Survey | None = None
    workers: int = 1
    templates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.reader = PageReader(self.contract)
        self.compiled = Compiled()
        self.theme_files = ThemeFiles()
        self.kept_files = i18n.KeptFiles()
        self.problems = sources.Problems()
        self.places = Places(self.contract, {}, frozenset())
        self.policies = Policies(self.contract, self.templates)

    def current(self, config: MkDocsConfig) -> LocaleBuild:
        """Return what belongs to the locale that is being built."""
        locale = i18n.current_locale(config)
        if locale not in self.locales:
            self.locales[locale] = LocaleBuild(locale, own_titles(self.contract, locale))
        return self.locales[locale]

    @cached_property
    def redirects_to(self) -> Mapping[tuple[str, str], Sequence[Redirect]]:
        """The redirects by the locale and the id of the page that they lead to."""
        found: dict[tuple[str, str], list[Redirect]] = {}
        for redirect in self.redirects:
            found.setdefault((redirect.locale, redirect.page_id), []).append(redirect)
        return found

    def page_of(self, file: File) -> Page | None:
        """Return the page that MkDocs' file stands for; None for a generated one."""
        return self.pages.get(file.src_uri)

    def is_checked(self, page: Page, file: File) -> bool:
        """Tell whether checks have seen a page just as it is shown: no plugin has changed it."""
        return page is self.page_of(file) and file.src_uri not in self.generated

    def read(self, config: MkDocsConfig) -> None:
        """Read all pages, make those that are generated, and tell what is wrong with the tree.

        Raises:
            Abort: The baseline or a template is wrong; it has been told what.
        """
        with no_collector():
            self._read(config)
        collector.spare()

    def _read(self, config: MkDocsConfig) -> None:
        inventory = take_inventory(Path(config.docs_dir), self.contract, self.root)
        # What lies outside of the locales may be excluded by mkdocs.yml: `choose` tells of it.
        self._stop_if_endless(inventory.strays, config)
        self.problems = sources.Problems(inventory.refusal)
        strays = tuple(s for s in inventory.strays if s.kind not in _MISPLACED)
        inventory = replace(inventory, strays=strays)
        self.written = written = read_inventory(inventory, self.reader)
        docs = Path(config.docs_dir)
        setting = checks.setting_of(self.contract, self.root, docs, self.workers)
        if self.is_checked_aside:
            self.survey = pages = checks.survey_unchecked(written, inventory, setting)
        else:
            pages = survey_of(written, inventory, setting)
            self._check(pages, config)
            self.survey = pages = checks.let_go(pages)
        tasks = {one for locale in written.locales for one in written.records(locale)}
        made_there = made_ids(self.contract, tasks)
        addresses = Addresses(self.contract, written.pages, inventory.names, made_there)
        self.redirects, _ = accepted(read_all(inventory), addresses)  # checks tell of the others
        self.told_paths = frozenset(stray.path for stray in inventory.strays)
        self.tell(_without_folder(self.contract, config))
        try:
            folder, templates = sources.shown_folder(config), self.renderer.templates
            made = generated.with_generated(written, folder, self.reader, templates)
        except TemplateFault as fault:
            raise stop((fault.diagnostic,), self.messages) from None
        self.playbook, self.generated = made
        self.pages = sources.by_uri(self.playbook)
        self.knowledge = replace(self.knowledge, is_written=self._is_written)
        files = inventory.names.union(self.generated)
        self.places = Places(self.contract, self.playbook.pages, files)
        rooted = config.validation.links.absolute_links < 0
        naming = naming_of(self.playbook, self.places, self.generated, rooted=rooted)
        changes = changes_by_locale(self.playbook, self.contract, self.redirects)
        feeds = feed_addresses(self.playbook, self.contract, changes, config)
        history = read_history(docs)
        translations = Translations(written, self.contract, pages.standings)
        befores = Befores(pages, written, translations.standings)
        self.knowledge = replace(
            self.knowledge,
            naming=naming,
            changed_on=lambda page: history.changed_on(self.root / page.path),
            changes=changes,
            feed_of=lambda locale, page_id: feeds.get((locale, page_id)),
            parity=translations.parity,
            standing=translations.standing,
            standings=translations.standings,
            before=befores.before,
            trend=befores.trend,
        )
        self.tell(without_address(config))

    def _stop_if_endless(self, strays: Iterable[Stray], config: MkDocsConfig) -> None:
        """End the build before MkDocs goes into folders that have no end, or follows a link out.

        Raises:
            Abort: There are such folders; it has been told which.
        """
        found = tuple(stray for stray in strays if stray.kind not in _MISPLACED)
        follows = reach.follows_links(config) and not self.contract.trusts_writers
        if any(s.is_endless or (follows and s.kind is StrayKind.LINK_OUT) for s in found):
            raise stop(tuple(map(sources.refused, found)), self.messages)

    def _check(self, pages: Survey, config: MkDocsConfig) -> None:
        """Tell what checks find.

        Raises:
            Abort: The baseline is wrong; it has been told what.
        """
        try:
            report = checks.report(pages, self.written)
        except BaselineError as error:
            raise stop(error.diagnostics, self.messages) from None
        self.messages.tell_report(report, self.fail_on, partial(level_of, config=config))

    def _is_written(self, page: Page) -> bool:
        return self.generated.get(f"{page.locale}/{page.id}.md") is not page

    def choose(self, files: Files, config: MkDocsConfig) -> None:
        """Leave in `files` what is published, and tell what is not although one may expect it."""
        real = sources.real_uris(self.playbook, config, self.root)
        left_out = sources.arrange(files, config, self.contract, real, self.problems)
        self.tell(one for one in left_out if one.place.path not in self.told_paths)
        for file in generated.files_of(self.generated, config):
            files.append(file)

    def tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Tell what only a build finds, as far as it matters by the contract."""
        for one in diagnostics:
            severity = severity_of(all_rules()[one.code], one.place.path, self.contract)
            if severity:
                self.messages.tell((one._replace(severity=severity),))


def begin(config: MkDocsConfig, contract_path: str, fail_on: FailOn) -> Build:
    """Begin a build: check the set-up and read the contract.

    Args:
        config: MkDocs' configuration; gets the contract's locales.
        contract_path: The contract, relative to the folder of mkdocs.yml.
        fail_on: From which severity on a strict build fails for what checks find.

    Raises:
        Abort: Something is wrong; it has been told what.
    """
    collector.resume()  # a build that was stopped has not done it
    messages = Messages()
    _stop_if(preconditions.mistakes(config), messages)
    root = sources.root_of(config)
    templates = Path(str(config.theme.custom_dir))
    contract = _contract(root / contract_path, messages)
    bound(contract.limits)
    try:
        catalogue = Catalogue.load(templates, contract)
    except CatalogueError as error:
        raise stop(error.diagnostics, messages) from None
    _stop_if(views_without_template(contract, contract_path, templates), messages)
    far = () if contract.trusts_writers else reach.mistakes(config)
    wrong = (*i18n.declare_locales(config, contract, catalogue), *mistakes(contract, config), *far)
    _stop_if((preconditions.mistake(config, *text) for text in wrong), messages)
    _watch(config, root / contract_path, templates, root / DEFAULT_NAME)
    renderer = Renderer(contract, templates, catalogue)
    folders = tuple(config.theme.dirs)
    return Build(root, contract, catalogue, renderer, messages, fail_on, templates=folders)


def views_without_template(contract: Contract, path: str, templates: Path) -> Iterator[Diagnostic]:
    """Yield kinds of pages that name a view for which there is no template.

    Args:
        contract: The contract.
        path: Its name, for messages.
        templates: The folder of the templates.
    """
    known = sorted(file.stem for file in (templates / "views").glob("*.html"))
    for key, kind in contract.kinds.items():
        if kind.view is not None and kind.view not in known:
            close = nearest(kind.view, known)
            yield Diagnostic(
                "LF905",
                Severity.ERROR,
                Place(path),
                f"`kinds.{key}.view` is `{kind.view}`, "
                f"and {templates.name}/views/ has no template of that name.",
                f"Did you mean `{close}`?" if close else f"There are: {', '.join(known)}.",
            )


def _contract(path: Path, messages: Messages) -> Contract:
    here = Path.cwd()
    try:
        return load_contract(path.relative_to(here) if path.is_relative_to(here) else path)
    except ContractError as error:
        raise stop(error.diagnostics, messages) from None


def _stop_if(mistakes: Iterator[Diagnostic], messages: Messages) -> None:
    found = tuple(mistakes)
    if found:
        raise stop(found, messages)


def stop(diagnostics: tuple[Diagnostic, ...], messages: Messages) -> Abort:
    """Tell what is wrong and return what ends the build."""
    messages.tell(diagnostics)
    count = len(diagnostics)
    return Abort(f"The build was stopped: correct the {'error' if count == 1 else 'errors'} above.")


def _watch(config: MkDocsConfig, *paths: Path) -> None:
    """Let `mkdocs serve` build again when the contract, a template or the baseline changes."""
    there = (str(path) for path in paths if path.exists())  # MkDocs breaks down at any other
    config.watch += [path for path in there if path not in config.watch]


def _without_folder(contract: Contract, config: MkDocsConfig) -> Iterator[Diagnostic]:
    docs = sources.shown_folder(config)
    return (_no_folder(locale, docs) for locale in sources.without_folder(contract, config))


def _no_folder(locale: str, docs: str) -> Diagnostic:
    return Diagnostic(
        "LF913",
        Severity.NOTICE,
        Place(f"{docs}/{locale}"),
        f"The locale `{locale}` is declared but has no folder; all of its pages show the source.",
        "Make the folder and translate a first page.",
    )
