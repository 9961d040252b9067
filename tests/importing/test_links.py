"""Links of an older tree lead to the pages that its files have become."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitfaden.importing.links import How, Why
from leitfaden.importing.plan import ImportPlan
from tests.importing.trees import imported, page, plan, project, text, write

PAGES = {
    "index-de.md": page("Start"),
    "saws-de.md": page("Sägen", "## Überblick\n\nText.\n"),
    "tools/My Knife-de.md": page("Messer"),
    "orchard-ladders-partner-de.md": page("Leitern"),
    "garden/index-de.md": page("Garten"),
}


def rewritten(tmp_path: Path, body: str, name: str = "start-de.md") -> tuple[str, ImportPlan]:
    """Import a page with this text, and return what its text has become."""
    tree = write(tmp_path / "tree", {**PAGES, name: page("Anfang", body)})
    root = project(tmp_path / "project", {"en/only-english.md": page("Only")})
    made = imported(root, tree, "de")
    page_id = name.removesuffix(".md").removesuffix("-de")
    return text(root, f"de/{page_id}.md").partition("# Anfang\n\n")[2].rstrip("\n"), made


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("saws-de.md", "saws.md", How.NAME),
        ("./saws-de.md", "saws.md", How.NAME),
        ("saws-de.html", "saws.md", How.ENDING),
        ("saws-de", "saws.md", How.ENDING),
        ("Saws-DE.md", "saws.md", How.CASE),
        ("/saws-de.md", "saws.md", How.NAME),
        ("~/saws-de.md", "saws.md", How.NAME),
        ("tools/My%20Knife-de.md", "tools/my-knife.md", How.NAME),
        ("<tools/My Knife-de.md>", "<tools/my-knife.md>", How.NAME),
        ("https://www.orchard.example/saws-de.html", "saws.md", How.OWN_SITE),
        ("www.orchard.example/saws-de", "saws.md", How.OWN_SITE),
        ("http://orchard.example", "index.md", How.OWN_SITE),
        ("ladders-partner-de.md", "orchard-ladders-partner.md", How.NEAR),
        ("saws-de.md#überblick", "saws.md#overview", How.NAME),
        ("saws-de.md?view=1", "saws.md", How.NAME),
        ("only-english-de.md", "only-english.md", How.ENDING),
        ("./", "index.md", How.ENDING),
        ("/garden/", "garden/index.md", How.ENDING),
    ],
)
def test_every_spelling_of_an_old_name_is_found(
    tmp_path: Path, old: str, new: str, how: How
) -> None:
    body, made = rewritten(tmp_path, f"See [there]({old}).")
    assert body == f"See [there]({new})."
    assert [one.how for one in made.rewritten] == [how]


@pytest.mark.parametrize(
    "target",
    ["saws.md", "https://elsewhere.example/saws-de.md", "mailto:ann@orchard.example", "#there"],
)
def test_what_is_right_or_leads_elsewhere_stays(tmp_path: Path, target: str) -> None:
    body, made = rewritten(tmp_path, f"See [there]({target}).")
    assert body == f"See [there]({target})."
    if target != "saws.md":
        assert (made.rewritten, made.left) == ((), ())


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("nothing-like-it.md", Why.MISSING),
        ("../other/index.md", Why.OUTSIDE),
        ("plan.pdf", Why.MISSING),
    ],
)
def test_what_leads_nowhere_stays_and_is_named(tmp_path: Path, target: str, why: Why) -> None:
    body, made = rewritten(tmp_path, f"See [there]({target}).")
    assert body == f"See [there]({target})."
    assert [(one.target, one.why, one.line) for one in made.left] == [(target, why, 9)]


def test_a_link_that_a_safe_fix_corrects_does_not_lead_nowhere(tmp_path: Path) -> None:
    body, made = rewritten(tmp_path, "Write to [her](ann@orchard.example).")
    assert body == "Write to [her](mailto:ann@orchard.example)."
    assert made.left == ()


def test_a_name_that_two_pages_could_mean_is_not_guessed(tmp_path: Path) -> None:
    names = ("pear-tree-north", "pear-tree-south")
    tree = write(
        tmp_path / "tree",
        {
            **{f"{name}.md": page(name) for name in names},
            "index.md": page("Start", "[Pears](pear-tree.md)"),
        },
    )
    made = plan(project(tmp_path / "project"), tree)
    assert [one.why for one in made.left] == [Why.SEVERAL]


def test_a_page_that_moves_takes_its_links_along(tmp_path: Path) -> None:
    files = {**PAGES, "Tools Old/a-de.md": page("A", "[Saws](../saws-de.md) [it](a-de.md)")}
    root = project(tmp_path / "project")
    imported(root, write(tmp_path / "tree", files), "de")
    assert text(root, "de/tools-old/a.md") == page("A", "[Saws](../saws.md) [it](a.md)")


def test_definitions_and_html_are_rewritten_too(tmp_path: Path) -> None:
    body, made = rewritten(
        tmp_path,
        'See [there][saw] and <a href="saws-de.html">here</a>.\n\n[saw]: saws-de.md "The saw"',
    )
    assert body == ('See [there][saw] and <a href="saws.md">here</a>.\n\n[saw]: saws.md "The saw"')
    assert len(made.rewritten) == 2


def test_an_include_of_docfx_finds_its_page(tmp_path: Path) -> None:
    body, _ = rewritten(tmp_path, "[!INCLUDE [saws](saws-de.md)]")
    assert body == "[!INCLUDE [saws](saws.md)]"


def test_code_and_comments_are_not_touched(tmp_path: Path) -> None:
    source = "`[a](saws-de.md)`\n\n```\n[a](saws-de.md)\n```\n\n<!-- [a](saws-de.md) -->"
    assert rewritten(tmp_path, source)[0] == source


def test_line_ends_stay(tmp_path: Path) -> None:
    tree = write(
        tmp_path / "tree",
        {**PAGES, "a-de.md": page("A", "[a](saws-de.md)").replace("\n", "\r\n")},
    )
    root = project(tmp_path / "project")
    imported(root, tree, "de")
    assert text(root, "de/a.md") == page("A", "[a](saws.md)").replace("\n", "\r\n")


TARGETS = st.sampled_from(
    ["saws-de.md", "SAWS-de.md", "nowhere.md", "#a", "https://a.example/", "saws-de.html"]
)
PIECES = st.sampled_from(
    ["word ", "**bold** ", "`code` ", "ä\u200b ", "\\[ ", "<b> ", "\n\n", "* "]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(PIECES, TARGETS), max_size=8))
def test_nothing_but_targets_changes(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str]]
) -> None:
    body = "".join(f"{piece}[text]({target}) " for piece, target in pieces)
    folder = tmp_path_factory.mktemp("links")
    tree = write(folder / "tree", {"saws-de.md": page("Saws"), "a-de.md": page("A", body)})
    made = plan(project(folder / "project"), tree, "de")
    after = next(one for one in made.pages if one.page_id == "a")
    if not after.corrected:
        restored = after.data.decode()
        for old, new in {(one.old, one.new) for one in made.rewritten}:
            assert new == "saws.md"
            assert old.lower().startswith("saws-de")
        for target in ("saws-de.md", "SAWS-de.md", "saws-de.html"):
            body = body.replace(f"]({target})", "](saws.md)") if target in body else body
        assert restored.replace("](SAWS-de.md)", "](saws.md)") == page("A", body)
