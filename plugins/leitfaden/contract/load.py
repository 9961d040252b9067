"""`playbook.yml` → `Contract`."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from leitfaden.contract.contract import Contract
from leitfaden.contract.position import position_at
from leitfaden.contract.problem import Code, Problems

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_MAX_BYTES = 4 * 1024 * 1024  # more than the longest text that is accepted can have


def load_contract(path: Path, shown: str | None = None) -> Contract:
    """Read the contract of a playbook.

    Args:
        path: The file, usually `playbook.yml`.
        shown: What findings call it; its path as it is given here if not said.

    Raises:
        ContractError: Something is wrong; it tells everything that is.
    """
    problems = Problems(shown or path.as_posix())
    if not path.is_file():
        message = "There is no such file." if not path.exists() else "This is no regular file."
        help = "Run this in the folder that holds `playbook.yml`, or name the file."
        _fail(problems, message, help)
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        _fail(problems, f"The file cannot be read: {error.strerror}.", "See to its permissions.")
    return parse_contract(_decode(content, problems), problems.path)


def parse_contract(text: str, path: str) -> Contract:
    """Read a contract from its text.

    Args:
        text: YAML.
        path: What findings call the file.

    Raises:
        ContractError: Something is wrong; it tells everything that is.
    """
    # Not before it is needed: pydantic alone takes longer to import than many a command runs.
    from leitfaden.contract.read import read

    return read(text.removeprefix(_BOM), Problems(path))


def _decode(content: bytes, problems: Problems) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = position_at(content[: error.start].decode("utf-8", "replace"), error.start)
        message = f"The file is not UTF-8: byte 0x{content[error.start]:02X} cannot be read."
        problems.add(Code.UNREADABLE, place, place, message, "Save it as UTF-8.")
        raise problems.error() from None


def _fail(problems: Problems, message: str, help: str) -> NoReturn:
    problems.add(Code.UNREADABLE, None, None, message, help)
    raise problems.error()
