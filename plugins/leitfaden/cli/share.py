"""`leitfaden build --locale … --shard …`: a part of the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from leitfaden.cli.output import WrongUsage
from leitfaden.engine.parts import PartError, Share

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_SHARD = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


def share_of(locale: str | None, shard: str | None) -> Share | None:
    """Return the part of the site that was asked for; None for all of it.

    Args:
        locale: What was given as `--locale`.
        shard: What was given as `--shard`.

    Raises:
        WrongUsage: There can be no such part.
    """
    if locale is None:
        if shard is not None:
            raise WrongUsage("--shard is a share of the pages of a locale: name it with --locale.")
        return None
    if shard is None:
        return Share(locale)
    found = _SHARD.fullmatch(shard)
    number, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= count:
        raise WrongUsage(
            f"--shard is {shard!r}; it has to be a number, a slash and how many there are, "
            "such as 1/4 for the first of four."
        )
    return Share(locale, number, count)


def build_share(config: MkDocsConfig, share: Share, jobs: int | None) -> None:
    """Build a part of the site.

    Args:
        config: MkDocs' configuration, just read.
        share: Which part.
        jobs: How many processes may work at the same time.

    Raises:
        WrongUsage: There can be no such part.
        Abort: The site is wrong; it has been told what.
    """
    from leitfaden.engine.shards import build_part

    _check_locale(config, share.locale)
    try:
        build_part(config, share, jobs)
    except PartError as error:
        raise WrongUsage(str(error)) from error


def _check_locale(config: MkDocsConfig, locale: str) -> None:
    """Look for a locale in the contract, before all pages are read."""
    from leitfaden.contract import ContractError, load_contract, nearest

    plugin = config.plugins.get("leitfaden")
    if plugin is None:
        return  # which is told when the site is built
    try:
        contract = load_contract(Path(config.config_file_path).parent / plugin.config.contract)
    except ContractError:
        return
    if locale not in contract.locale_keys:
        known = ", ".join(f"`{key}`" for key in contract.locale_keys)
        close = nearest(locale, contract.locale_keys)
        guess = f"Did you mean `{close}`?" if close else f"There are: {known}."
        raise WrongUsage(f"The contract declares no locale {locale!r}. {guess}")
