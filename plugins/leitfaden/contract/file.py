"""The shape of `playbook.yml`, as people write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    WithJsonSchema,
)

from leitfaden.contract.bounds import ENDINGS, Limits
from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.settings import ISO_DATE, SEPARATORS, Direction, Level, PersonForm, Trust
from leitfaden.contract.shape import (
    Count,
    DatePattern,
    Ending,
    Origin,
    Patterns,
    PersonForms,
    Separator,
    Shape,
    Size,
    Text,
    TextLists,
    Texts,
)

KEY_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
LOCALE_PATTERN = "[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}"  # static-i18n takes these

VocabularyName: TypeAlias = Literal["phases", "motions", "roles", "services"]
Integer: TypeAlias = Annotated[int, Strict()]


class LettersEntry(Shape):
    """The letters of a requirement in a task table."""

    mandatory: Text = Field(description="The letter of a mandatory task.")
    optional: Text = Field(description="The letter of an optional task.")


class SearchEntry(Shape):
    """What a search has to know about a language."""

    stemmer: Text | None = Field(
        None, description="The Snowball algorithm that finds the stem of a word, as `german`."
    )
    letters: Texts = Field(
        default_factory=FrozenMap[str],
        description="How letters are written where a keyboard lacks them: two letters for one.",
    )
    joints: tuple[Separator, ...] = Field(
        (), description="What can stand between the parts of a compound, as `s`."
    )
    synonyms: tuple[tuple[Text, ...], ...] = Field(
        (), description="Words that mean the same to who searches, in groups."
    )
    fillers: tuple[Text, ...] = Field(
        (), description="Words that say nothing of what a text is about, such as articles."
    )


class LocaleEntry(Shape):
    """A language (and region) in which pages are written."""

    name: Text = Field(description="The language's name in the language itself.")
    dates: DatePattern = Field(ISO_DATE, description="How the site writes a date (strftime).")
    requirement: LettersEntry | None = Field(
        None, description="The letters for mandatory and optional tasks."
    )
    legacy_suffixes: tuple[Text, ...] = Field(
        (), description="File-name endings of an older tree that mean this locale."
    )
    separators: tuple[Separator, ...] = Field(
        SEPARATORS, description="What separates the values of a label or a cell."
    )
    direction: Direction = Field("ltr", description="The direction of writing.")
    language: Text | None = Field(
        None, description="The BCP 47 tag, where it is another than the locale's key."
    )
    search: SearchEntry = Field(
        default_factory=SearchEntry, description="What a search has to know about the language."
    )
    function_words: tuple[Text, ...] = Field(
        (), description="Words that only a sentence in this language has, in lower case."
    )

    def letters(self) -> dict[str, str]:
        """Return the letters by the requirement that they stand for."""
        return dict(self.requirement) if self.requirement else {}


class HostsEntry(Shape):
    """What is known about hosts that pages link to."""

    own: tuple[Text, ...] = Field((), description="Links there should be links between pages.")
    internal: tuple[Text, ...] = Field((), description="Hosts that readers cannot reach.")
    players: tuple[Text, ...] = Field(
        (), description="Hosts whose videos may play in the page, once a reader asks for it."
    )


class LinksEntry(Shape):
    """What is known about addresses that pages link to."""

    equivalents: tuple[Texts, ...] = Field(
        (),
        description="Addresses that stand for each other: by locale, without `https://`; "
        "`*` stands for the same text in all of them.",
    )


class MetadataEntry(Shape):
    """The front matter of pages."""

    required: tuple[Text, ...] = Field((), description="Keys that every page must have.")
    optional: tuple[Text, ...] = Field((), description="Keys that a page may have.")
    values: TextLists = Field(
        default_factory=FrozenMap[tuple[str, ...]], description="The allowed values of a key."
    )
    lists: tuple[Text, ...] = Field((), description="Keys with several, comma-separated values.")
    formats: Patterns = Field(
        default_factory=FrozenMap[str],
        description="The date pattern (strptime) of a key; the first one dates the page.",
    )
    people: PersonForms = Field(
        default_factory=FrozenMap[PersonForm],
        description="Keys that name a person: by `name`, or by `alias`, which has no blanks.",
    )


class KindEntry(Shape):
    """A kind of page, known by the page's id."""

    pages: tuple[Text, ...] = Field(
        min_length=1, description="Patterns of page ids; `*` stands for any characters."
    )
    view: Text | None = Field(
        None, description="The template in overrides/views/ that adds to pages of this kind."
    )
    included: Annotated[bool, Strict()] = Field(
        False, description="Whether these are fragments that pages include, and no pages."
    )
    linked: Annotated[bool, Strict()] = Field(
        False, description="Whether a table's cell that holds just the name of one leads to it."
    )


class CitationsEntry(Shape):
    """How sentences cite what the playbook knows by a number."""

    task: TextLists = Field(
        default_factory=FrozenMap[tuple[str, ...]],
        description="By locale: the words that stand before the number of a task.",
    )


class ChangesEntry(Shape):
    """What is known about the entries of update summaries."""

    trivial: TextLists = Field(
        default_factory=FrozenMap[tuple[str, ...]],
        description="By locale: words of entries that matter to few; `*` stands for any letters.",
    )


class TermEntry(Shape):
    """A term: its name under each locale's key, and what else is known about it."""

    model_config = ConfigDict(extra="allow")  # the locales' keys; `keys.py` refuses all others
    __pydantic_extra__: dict[str, Text] = Field(init=False)

    aliases: TextLists = Field(
        default_factory=FrozenMap[tuple[str, ...]],
        description="By locale: further spellings that mean the same and are fine.",
    )
    deprecated: TextLists = Field(
        default_factory=FrozenMap[tuple[str, ...]],
        description="By locale: spellings that are still understood, but reported.",
    )
    order: Integer | None = Field(None, description="The place among its like.")

    @property
    def names(self) -> Mapping[str, str]:
        """The name in each locale."""
        return self.__pydantic_extra__


class TopicEntry(TermEntry):
    """A term that pages and tasks are about: a phase, a motion, a role, a service."""

    covers_all: Annotated[bool, Strict()] = Field(
        False, description="Whether it stands for all others of its vocabulary too."
    )


class LabelEntry(TermEntry):
    """A label line, such as `Phase: **Assess**`."""

    vocabulary: VocabularyName = Field(description="Where the label's values come from.")
    required_in: tuple[Text, ...] = Field(
        (), description="The kinds of page that must have the label."
    )
    per: Literal["page", "step"] = Field(
        "page", description="What must have it there: each page, or each step of a page."
    )


class SectionEntry(TermEntry):
    """A known section of a page."""

    level: Integer = Field(2, ge=1, le=6, description="The level of the heading.")
    required_in: tuple[Text, ...] = Field(
        (), description="The kinds of page that must have the section."
    )
    within: Text | None = Field(None, description="The key of the section that holds it.")
    leads_on: Annotated[bool, Strict()] = Field(
        False, description="Whether its links lead to what comes next: the process map shows them."
    )


class GlossaryItem(TermEntry):
    """A word that the glossary explains."""

    definition: Texts = Field(description="By locale: what the word means.")


class NavPageEntry(Shape):
    """A page in the navigation under a title of its own."""

    page: Text = Field(description="The page's id: its path below the locale's folder, no `.md`.")
    title: Texts | None = Field(None, description="By locale: the name in the navigation.")


class NavGroupEntry(Shape):
    """A heading in the navigation: either a phase or a title."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["phase"]}, {"required": ["title"]}]}
    )

    phase: Text | None = Field(None, description="The key of a phase, whose name is the heading.")
    title: Texts | None = Field(None, description="By locale: the heading.")
    pages: tuple[NavShape, ...] = Field(description="What stands below the heading.")


PAGE_ID, PAGE, GROUP = NAV_TAGS = ("<id>", "<page>", "<group>")


def _nav_tag(entry: Any) -> str | None:
    if isinstance(entry, str):
        return PAGE_ID
    if isinstance(entry, dict):
        return PAGE if "page" in entry else GROUP
    return None


NavShape: TypeAlias = Annotated[
    Annotated[Text, Tag(PAGE_ID)]
    | Annotated[NavPageEntry, Tag(PAGE)]
    | Annotated[NavGroupEntry, Tag(GROUP)],
    Discriminator(_nav_tag),
]


def _off(value: Any) -> Any:
    """Take `false`, as which YAML 1.1 reads an unquoted `off`."""
    return "off" if value is False else value


LevelEntry: TypeAlias = Annotated[
    Level, BeforeValidator(_off), WithJsonSchema({"enum": [*get_args(Level), False]})
]
Levels: TypeAlias = dict[Text, LevelEntry]


class ChecksEntry(Shape):
    """How much it matters what checks find."""

    severity: Levels = Field(
        default_factory=dict, description="By a rule's code or name: what its findings are."
    )
    paths: dict[Text, Levels] = Field(
        default_factory=dict,
        description="By a pattern of paths: what holds there instead; the last that fits counts.",
    )
    help: Text | None = Field(
        None, description="Where rules are explained; {code}, {language} and {root} are filled in."
    )
    pages: Annotated[bool, Strict()] = Field(
        False, description="Whether the site has a page for each rule, under rules/."
    )


_USUAL = Limits()


class FilesEntry(Shape):
    """Which kinds of files a site takes from the docs folder."""

    endings: tuple[Ending, ...] = Field(
        ENDINGS, description="What their names may end in, without the dot; all others are refused."
    )
    also: tuple[Ending, ...] = Field(
        (), description="Further endings, or whole names such as `CNAME`."
    )


class LimitsEntry(Shape):
    """How much a playbook may hold; sizes as `500 KB`, `20 MB` or `1 GB`."""

    image: Size = Field(
        _USUAL.image, description="The size of an image.", json_schema_extra={"default": "20 MB"}
    )
    file: Size = Field(
        _USUAL.file,
        description="The size of any other file that is no page.",
        json_schema_extra={"default": "100 MB"},
    )
    site: Size = Field(
        _USUAL.site,
        description="The size of all files together.",
        json_schema_extra={"default": "1 GB"},
    )
    files: Count = Field(_USUAL.files, description="Files in all.")
    depth: Count = Field(_USUAL.depth, le=100, description="Folders within folders.")
    lines: Count = Field(_USUAL.lines, description="Lines of a page.")
    line: Count = Field(_USUAL.line, description="Characters of a line.")
    headings: Count = Field(_USUAL.headings, description="Headings of a page.")
    definitions: Count = Field(
        _USUAL.definitions, description="Definitions of links and footnotes of a page."
    )
    minutes: Count = Field(_USUAL.minutes, description="How long a build may take.")
    memory: Size | None = Field(
        None, description="What each process of a build may take; no limit unless set."
    )


class PolicyEntry(Shape):
    """What browsers may load for a page besides the site's own files: hosts, or parts of them."""

    enforced: Annotated[bool, Strict()] = Field(
        True, description="Whether pages tell it (Content-Security-Policy)."
    )
    scripts: tuple[Origin, ...] = Field((), description="Where scripts may be from.")
    styles: tuple[Origin, ...] = Field((), description="Where style sheets may be from.")
    images: tuple[Origin, ...] = Field((), description="Where images may be from.")
    fonts: tuple[Origin, ...] = Field((), description="Where fonts may be from.")
    media: tuple[Origin, ...] = Field((), description="Where sounds and videos may be from.")
    frames: tuple[Origin, ...] = Field((), description="Which pages may be shown in a page.")
    connections: tuple[Origin, ...] = Field((), description="What scripts may ask.")


def _only_guidance() -> dict[str, KindEntry]:
    return {"guidance": KindEntry(pages=("*",))}


class ContractFile(Shape):
    """The contract of a playbook: its languages, its words and the shape of its pages."""

    source: Text = Field(description="The key of the locale that all others translate.")
    locales: dict[str, LocaleEntry] = Field(
        min_length=1, description="The locales in which pages are written, by their keys."
    )
    dates: tuple[DatePattern, ...] = Field(
        (ISO_DATE,),
        description="How pages write dates (strptime), in the order of trying; "
        "the first is how they should.",
    )
    hosts: HostsEntry = Field(default_factory=HostsEntry, description="Hosts that pages link to.")
    links: LinksEntry = Field(
        default_factory=LinksEntry, description="Addresses that differ between languages."
    )
    metadata: MetadataEntry = Field(
        default_factory=MetadataEntry, description="The metadata at the top of each page."
    )
    kinds: dict[str, KindEntry] = Field(
        default_factory=_only_guidance,
        min_length=1,
        description="The kinds of page; the first with a matching pattern counts.",
    )
    labels: dict[str, LabelEntry] = Field(
        default_factory=dict, description="The label lines, such as `Phase: **Assess**`."
    )
    sections: dict[str, SectionEntry] = Field(
        default_factory=dict, description="The known sections in the order of a page."
    )
    columns: dict[str, TermEntry] = Field(
        default_factory=dict, description="The columns of tables by their meaning."
    )
    requirements: dict[str, TermEntry] = Field(
        default_factory=dict, description="The names of the requirements of a task."
    )
    alerts: dict[str, TermEntry] = Field(
        default_factory=dict, description="The words that begin an alert."
    )
    phases: dict[str, TopicEntry] = Field(default_factory=dict, description="The phases.")
    motions: dict[str, TopicEntry] = Field(default_factory=dict, description="The motions.")
    roles: dict[str, TopicEntry] = Field(default_factory=dict, description="The roles.")
    services: dict[str, TopicEntry] = Field(default_factory=dict, description="The services.")
    glossary: dict[str, GlossaryItem] = Field(
        default_factory=dict, description="Words and what they mean."
    )
    citations: CitationsEntry = Field(
        default_factory=CitationsEntry,
        description="How sentences cite tasks; what they cite becomes a link.",
    )
    changes: ChangesEntry = Field(
        default_factory=ChangesEntry, description="Which changes of pages matter to few."
    )
    trust: Trust = Field(
        "limited",
        description="Which HTML of writers pages show: `limited` takes out all that could act in a"
        " reader's browser; `full` leaves it as it is, so whoever writes can run code there.",
    )
    files: FilesEntry = Field(
        default_factory=FilesEntry, description="Which files of the docs folder are published."
    )
    limits: LimitsEntry = Field(
        default_factory=LimitsEntry, description="How much a playbook may hold."
    )
    policy: PolicyEntry = Field(
        default_factory=PolicyEntry,
        description="What browsers may load for a page besides the site's own files.",
    )
    checks: ChecksEntry = Field(
        default_factory=ChecksEntry, description="What checks tell, and how much it matters."
    )
    navigation: tuple[NavShape, ...] = Field(
        (), description="The pages in the order of the navigation, by their ids."
    )


TERMS: dict[str, type[TermEntry]] = {
    "labels": LabelEntry,
    "sections": SectionEntry,
    "columns": TermEntry,
    "requirements": TermEntry,
    "alerts": TermEntry,
    "phases": TopicEntry,
    "motions": TopicEntry,
    "roles": TopicEntry,
    "services": TopicEntry,
    "glossary": GlossaryItem,
}
