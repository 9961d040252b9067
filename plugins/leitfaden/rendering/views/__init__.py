"""What views show: what the playbook knows besides a page's own text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.sheets import Sheets
from leitfaden.rendering.views.changes import ChangeLog
from leitfaden.rendering.views.checklist import Checklist
from leitfaden.rendering.views.finder import Finder
from leitfaden.rendering.views.glossary import glossary
from leitfaden.rendering.views.home import Home
from leitfaden.rendering.views.map import ProcessMaps
from leitfaden.rendering.views.phases import PhasePath
from leitfaden.rendering.views.prints import Prints
from leitfaden.rendering.views.status import StatusPage
from leitfaden.rendering.views.task import TaskPages
from leitfaden.rendering.views.term import TermPages

View: TypeAlias = Callable[[Page, RenderContext], Mapping[str, Any]]


class Views:
    """The values that fill the views' templates.

    Args:
        contract: The playbook's contract.
        lexicon: What names lead to.
        sheets: Has pages as they were rendered, for views that show whole pages.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon, sheets: Sheets) -> None:
        self._contract = contract
        self._path = PhasePath(contract)
        maps, entrances = ProcessMaps(contract), Home(contract, lexicon)
        tasks, terms = TaskPages(contract, lexicon), TermPages(contract, lexicon)
        self._own: Mapping[str, View] = {
            "task": tasks.values,
            **dict.fromkeys(("role", "service", "motion"), terms.values),
            "phase": lambda page, context: {
                **self._general(page, context),
                **terms.values(page, context),
                **maps.of_phase(page, context),
            },
            "terms": terms.list_values,
            "finder": Finder(contract).values,
            "checklist": Checklist(contract).values,
            "changes": ChangeLog(contract, lexicon).values,
            "home": lambda page, context: {
                **self._general(page, context),
                **entrances.values(page, context),
            },
            "map": maps.values,
            "print": Prints(contract, sheets).values,
            "status": StatusPage(contract).values,
        }

    def values(self, view: str, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what a view shows.

        Args:
            view: Its name; one that only a playbook's own overrides know gets what all could show.
            page: The page that the view belongs to.
            context: Its surroundings; their locale is the reader's.
        """
        values = self._own.get(view, self._general)(page, context)
        return {"page": page, **values}

    def _general(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        return {
            "phases": self._path.phases(page, context),
            "glossary": glossary(self._contract, context.locale),
        }
