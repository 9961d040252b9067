"""Findings → pages without them: minimal splices, each result read again before it is written."""

from leitfaden.fixing.diff import text_diff, unified_diff
from leitfaden.fixing.page import Again, fix_page
from leitfaden.fixing.result import FixedPage, Reason, Refusal, Refused, Repair
from leitfaden.fixing.splices import splice
from leitfaden.fixing.wording import told
from leitfaden.fixing.write import NotWrittenError, write

__all__ = [
    "Again",
    "FixedPage",
    "NotWrittenError",
    "Reason",
    "Refusal",
    "Refused",
    "Repair",
    "fix_page",
    "splice",
    "text_diff",
    "told",
    "unified_diff",
    "write",
]
