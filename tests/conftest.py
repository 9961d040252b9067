"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says something of the machine: speed is measured in scripts/bench.py.
settings.register_profile("leitfaden", deadline=None)
settings.load_profile("leitfaden")
