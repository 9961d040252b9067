"""Bytes → pages → playbook. A page is read, never rejected; what is wrong stays on the object."""

from leitfaden.reading.page import PageReader
from leitfaden.reading.playbook import nearest_id, read_inventory, read_page, read_playbook

__all__ = ["PageReader", "nearest_id", "read_inventory", "read_page", "read_playbook"]
