"""What the tests of the hand-off share: two pages, what is handed off of them, what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from leitfaden.contract import Contract
from leitfaden.exchanging.files import Delivery, Offer
from leitfaden.exchanging.formats import FORMATS, read_file
from leitfaden.exchanging.handoff import Handed, HandedPage, Handing, Piece, chosen
from leitfaden.exchanging.intake import Intake, Reason, Returned, take_in
from leitfaden.model import Page, Playbook
from leitfaden.translating.lock import Lock
from tests.reading.pages import read
from tests.translating.support import CONTRACT


def playbook(source: str, target: str | bytes | None) -> Playbook:
    """Return a playbook of one page with its translation."""
    pages: dict[str, dict[str, Page]] = {key: {} for key in CONTRACT.locale_keys}
    page = read(source)
    pages["en"][page.id] = page
    if target is not None:
        pages["de"][page.id] = read(target, "de")
    return Playbook("en", CONTRACT.locale_keys, pages)


def handed(book: Playbook, lock: Lock | None = None) -> HandedPage:
    """Return what is handed off of a playbook's only page."""
    (page,) = book.pages["en"].values()
    handing = Handing(CONTRACT)
    return handing.page(page, book.page(page.id, "de"), "de", lock or Lock())


def delivery(book: Playbook, contract: Contract = CONTRACT, lock: Lock | None = None) -> Delivery:
    """Return all texts of a playbook as a file has them."""
    handing = Handing(contract)
    offers: list[Offer] = []
    for page in book.pages["en"].values():
        one = handing.page(page, book.page(page.id, "de"), "de", lock or Lock())
        context = handing.contexts(one)
        offers += (Offer(text, context(text)) for text in chosen(one, everything=True))
    return Delivery("en", "de", offers)


def there_and_back(made: Delivery, name: str) -> list[Returned]:
    """Return what comes back of a file that nobody has touched."""
    kind = FORMATS[name]
    return read_file((kind.mark + kind.write(made)).encode(), f"file{kind.endings[0]}")


def text_of(page: HandedPage, name: str) -> Handed:
    """Return a text that must be there."""
    return next(text for text in page.texts if text.name == name)


def given(
    source: str,
    target: str | bytes,
    answers: Mapping[str, Sequence[Piece] | Callable[[Handed], Sequence[Piece]]],
    lock: Lock | None = None,
) -> Intake:
    """Return what becomes of translations of texts, by their names."""
    book = playbook(source, target)
    page = handed(book, lock)
    returned = []
    for name, answer in answers.items():
        text = text_of(page, name)
        pieces = answer(text) if callable(answer) else answer
        returned.append(Returned(text.ticket, tuple(pieces), None, name, 1))
    return take_in(returned, book, CONTRACT, {"de": lock or Lock()})


def written(intake: Intake) -> str:
    """Return the only page as it is to be written, where nothing was refused."""
    assert intake.refused == []
    (page,) = intake.pages
    return page.after.text


def reasons(intake: Intake) -> list[Reason]:
    """Return why texts were refused; no page may have changed then."""
    assert intake.pages == []
    assert intake.locks == {}
    return [refused.reason for refused in intake.refused]
