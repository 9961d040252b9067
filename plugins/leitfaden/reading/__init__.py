"""Bytes → pages → playbook. A page is read, never rejected; what is wrong stays on the object."""

from leitfaden.reading.page import PageReader
from leitfaden.reading.playbook import diagnostics_of, nearest_id, read_page, read_playbook

__all__ = ["PageReader", "diagnostics_of", "nearest_id", "read_page", "read_playbook"]
