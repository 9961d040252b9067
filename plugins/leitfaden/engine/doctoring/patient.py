"""The project that is looked at."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from leitfaden.contract import Contract, ContractError, load_contract
from leitfaden.engine.doctoring.ailment import Ailment, error, warning

_PLUGIN = "leitfaden"


@dataclass(frozen=True)
class Patient:
    """A project, as far as it can be read.

    Args:
        root: The folder of its configuration.
        config: Its configuration; None if that cannot be read.
        contract: Its contract; None if that cannot be read.
        unreadable: What is wrong with these two.
    """

    root: Path
    config: MkDocsConfig | None
    contract: Contract | None
    unreadable: tuple[Ailment, ...] = ()


def patient_of(file: Path) -> Patient:
    """Read a project.

    Args:
        file: Its configuration, mkdocs.yml.
    """
    root = file.absolute().parent
    with _listening() as told:
        try:
            config: MkDocsConfig | None = load_config(config_file=str(file))
        except Abort:  # it has been told why
            config = None
        except ConfigurationError as wrong:
            config = None
            told.append(error("configuration", file=file.name, message=_one_line(wrong)))
    if config is None:
        return Patient(root, None, None, tuple(told))
    plugin = config.plugins.get(_PLUGIN)
    if plugin is None:
        told.append(error("no-plugin", file=file.name))
        return Patient(root, config, None, tuple(told))
    try:
        contract = load_contract(root / plugin.config.contract, plugin.config.contract)
    except ContractError as wrong:
        told += (error("contract", message=one) for one in wrong.diagnostics)
        return Patient(root, config, None, tuple(told))
    return Patient(root, config, contract, tuple(told))


@contextmanager
def _listening() -> Iterator[list[Ailment]]:
    """Take what MkDocs tells of a configuration, which it would print."""
    told: list[Ailment] = []
    logger = logging.getLogger("mkdocs")
    handler = _Listener(told)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield told
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


class _Listener(logging.Handler):
    def __init__(self, told: list[Ailment]) -> None:
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        """Take a message."""
        tell = error if record.levelno >= logging.ERROR else warning
        message = _one_line(record.getMessage())
        self._told.append(tell("configuration", file="mkdocs.yml", message=message))


def _one_line(message: object) -> str:
    return " ".join(str(message).split())
