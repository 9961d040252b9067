"""Builds a playbook site from plain Markdown."""

__version__ = "0.1.0"
