"""What is kept between runs is data, and nothing in the folder can make it more than that."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from pathlib import Path

import pytest

from leitfaden.checking.finding import Found, found
from leitfaden.checking.store import Store, key_of, packed, unpacked
from leitfaden.contract import load_contract
from leitfaden.model import Span
from tests.checking.fixtures import ROOT


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/leitfaden-was-here",)


class Sly:
    """Names a function of ours, which is no class."""

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return load_contract, (Path("playbook.yml"),)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    value = {"day": dt.date(2026, 1, 2), "found": [Found("LF301", found(Span(1, 2), id="4047"))]}
    assert store.get("pages", "key") is None
    store.put("pages", "key", value)
    assert store.get("pages", "key") == value


def test_a_contract_can_be_kept(tmp_path: Path) -> None:
    contract = load_contract(ROOT / "playbook.yml")
    store = Store(tmp_path)
    store.put("contract", "key", contract)
    assert store.get("contract", "key") == contract


def named(module: str, name: str) -> bytes:
    """Return a pickle that stands for what a name of a module stands for."""
    parts = (pickle.SHORT_BINUNICODE + bytes([len(t)]) + t.encode() for t in (module, name))
    return pickle.PROTO + b"\x04" + b"".join(parts) + pickle.STACK_GLOBAL + pickle.STOP


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        # What our modules have imported, or what that leads to.
        ("leitfaden.checking.rule", "inspect.types.FunctionType"),
        ("leitfaden.checking.rule", "inspect.types.CodeType"),
        ("leitfaden.checking.store", "os.system"),
        ("leitfaden.checking.store", "Path"),
        ("leitfaden.checking.store", "pickle.Unpickler"),
        # Classes of ours that do something.
        ("leitfaden.checking.store", "Store"),
        ("leitfaden.checking.judge", "Judge"),
        # A class under another module's name.
        ("leitfaden.checking.engine", "PageFacts"),
        ("leitfaden.model.page", "Page.__init__"),
    ],
)
def test_a_name_that_stands_for_more_than_values_is_refused(module: str, name: str) -> None:
    with pytest.raises((pickle.UnpicklingError, ImportError)):
        unpacked(named(module, name))


@pytest.mark.parametrize("thing", [Evil(), Sly(), [1, {"a": Evil()}]])
def test_a_file_that_names_a_function_is_refused(thing: object, tmp_path: Path) -> None:
    (tmp_path / "pages-key").write_bytes(pickle.dumps(thing))
    assert Store(tmp_path).get("pages", "key") is None
    with pytest.raises(pickle.UnpicklingError):
        unpacked(pickle.dumps(thing))


@pytest.mark.parametrize("data", [b"", b"no pickle", packed([1, 2])[:-3], b"\x80\x05N.rest"])
def test_a_damaged_file_is_as_good_as_none(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "pages-key").write_bytes(data)
    Store(tmp_path).get("pages", "key")


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file")
    store.put("pages", "key", 1)
    assert store.get("pages", "key") is None


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store(None)
    store.put("pages", "key", 1)
    assert store.get("pages", "key") is None


def test_old_results_do_not_pile_up(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(20):
        store.put("pages", str(number), number)
    assert len(list(tmp_path.iterdir())) == 8
    assert store.get("pages", "19") == 19


def test_a_key_tells_its_parts_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of(b"a") == key_of("a")
