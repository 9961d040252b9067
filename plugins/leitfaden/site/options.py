"""The plugin's options in `mkdocs.yml`."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config

from leitfaden.site.messages import FAIL_ON


class CheckOptions(Config):  # type: ignore[no-untyped-call]
    """What may stand below `check:`."""

    fail_on = config_options.Choice(FAIL_ON, default="error")
    """From which severity on a strict build fails: `error`, `warning` or `never`."""


class LeitfadenOptions(Config):  # type: ignore[no-untyped-call]
    """What may stand below `leitfaden:`; `enabled` comes from MkDocs itself."""

    contract = config_options.Type(str, default="playbook.yml")
    """The contract, relative to the folder of mkdocs.yml."""

    check = config_options.SubConfig(CheckOptions)
    """What a build does about what checks find."""
