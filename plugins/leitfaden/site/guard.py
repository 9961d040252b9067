"""Finished pages, looked through for what they ask for and their own policy forbids."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from leitfaden.checking.registry import all_rules
from leitfaden.checking.severities import severity_of
from leitfaden.model import Diagnostic, Place, Severity
from leitfaden.site import policy
from leitfaden.site.build import Build, stop


def look_at_content(made: str, html: str, shown: MkDocsPage, build: Build) -> None:
    """Tell what the content of a page asks for in vain.

    Args:
        made: What MkDocs has made of the page.
        html: What is left of it.
        shown: The page.
        build: The build.
    """
    if build.contract.policy.enforced:
        _tell(policy.without_effect(made, html, _place(shown, build)), build)


def look_at_page(html: str, shown: MkDocsPage, build: Build) -> None:
    """End the build if a page holds a script that no template has put there.

    Args:
        html: The finished page.
        shown: The page.
        build: The build.

    Raises:
        Abort: It does; it has been told what.
    """
    if build.contract.policy.enforced:
        _tell(policy.breaches(html, _place(shown, build)), build)


def look_at_template(html: str, name: str, build: Build, config: MkDocsConfig) -> None:
    """End the build if a page that is made of a template alone holds anything else.

    Args:
        html: The finished page.
        name: The template's name.
        build: The build.
        config: MkDocs' configuration.

    Raises:
        Abort: It does; it has been told what.
    """
    if build.contract.policy.enforced and name.endswith(".html"):
        place = Place(f"{Path(str(config.theme.custom_dir)).name}/{name}")
        _tell(policy.breaches(html, place), build)


def _place(shown: MkDocsPage, build: Build) -> Place:
    page = build.page_of(shown.file)
    return Place(page.path if page else shown.file.src_uri)


def _tell(found: Iterable[Diagnostic], build: Build) -> None:
    """Tell what is wrong, as far as it matters by the contract; an error ends the build.

    Raises:
        Abort: There is an error.
    """
    told = list(found)
    build.tell(told)
    for one in told:
        if severity_of(all_rules()[one.code], one.place.path, build.contract) is Severity.ERROR:
            raise stop((one._replace(severity=Severity.ERROR),), build.messages)
