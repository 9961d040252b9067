"""Whatever is edited, in whatever order: what is kept of earlier builds changes nothing.

More of it, and on real pages: `python3 scripts/dev.py bench edits`.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engine.edits import EDITS, build, wrong
from tests.engine.projects import small_project

_EDIT = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 2**32))


@settings(
    max_examples=2,
    phases=(Phase.explicit, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(st.lists(_EDIT, min_size=1, max_size=3), min_size=1, max_size=2))
def test_any_edits_leave_the_site_that_a_clean_build_makes(
    rounds: list[list[tuple[str, int]]],
) -> None:
    with TemporaryDirectory() as folder:
        root = small_project(Path(folder))
        build(root)
        for edits in rounds:
            for name, seed in edits:
                EDITS[name](root, Random(seed))
            assert wrong(root) == []
