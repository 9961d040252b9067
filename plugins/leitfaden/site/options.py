"""The plugin's options in `mkdocs.yml`."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config


class LeitfadenOptions(Config):  # type: ignore[no-untyped-call]
    """What may stand below `leitfaden:`; `enabled` comes from MkDocs itself."""

    contract = config_options.Type(str, default="playbook.yml")
    """The contract, relative to the folder of mkdocs.yml."""
