"""What an older tree has twice is set aside, and nothing that could be missed."""

from __future__ import annotations

from pathlib import Path

from leitfaden.importing.aside import AsideReason
from leitfaden.importing.plan import ImportPlan
from tests.importing.trees import contents, imported, page, project, write

PROSE = """\
Prune the pear trees in late winter, before the buds begin to swell and the sap rises again.
Take out what is dead, then what crosses, then what grows inward, and leave the rest alone.
Never take more than a quarter of the crown in one winter, for the tree answers with shoots.
Clean the blade between two trees, since the fire blight travels from cut to cut unseen.
"""
OTHERS = """\
Ladders stand on firm ground, lean against wood that bears, and are never left out in the rain.
Two people carry the long one. Whoever climbs has both hands free and the saw on a rope below.
Look at each rung before the first climb of the year, and burn the ladder that has a soft one.
The short ladder belongs to the shed by the gate, the long one to the barn behind the house.
"""
GERMAN = """\
Birnbäume werden im Spätwinter geschnitten, bevor die Knospen schwellen und der Saft steigt.
Erst kommt das Tote weg, dann was sich kreuzt, dann was nach innen wächst, sonst bleibt alles.
Nie mehr als ein Viertel der Krone in einem Winter, sonst antwortet der Baum mit Wassertrieben.
Zwischen zwei Bäumen wird die Klinge gereinigt, denn der Feuerbrand wandert von Schnitt zu Schnitt.
"""
LONG = PROSE.replace("\n", "\n\n")


def reasons(made: ImportPlan) -> dict[str, tuple[AsideReason, str, str]]:
    return {one.name: (one.reason, one.locale, one.page_id) for one in made.aside}


def test_the_same_file_again_stands_for_itself(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"a.md": page("A", PROSE), "copy-of-a.md": page("A", PROSE)})
    root = project(tmp_path / "project")
    made = imported(root, tree)
    assert reasons(made) == {"copy-of-a.md": (AsideReason.IDENTICAL, "en", "a")}
    redirects = (root / "docs/en/redirects.yml").read_text("utf-8")
    assert "copy-of-a: a\n" in redirects


def test_the_same_text_with_other_blanks_and_metadata_is_a_duplicate(tmp_path: Path) -> None:
    other = page("A", PROSE, author="Bob").replace("\n", "\r\n")
    tree = write(tmp_path / "tree", {"a.md": page("A", PROSE), "old-a.md": other})
    made = imported(project(tmp_path / "project"), tree)
    assert reasons(made) == {"old-a.md": (AsideReason.DUPLICATE, "en", "a")}


def test_pages_that_hold_next_to_nothing_are_no_duplicates(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"a.md": page("Soon"), "b.md": page("Soon")})
    made = imported(project(tmp_path / "project"), tree)
    assert reasons(made) == {}
    assert len(made.pages) == 2


def test_links_to_what_was_set_aside_lead_to_the_page_that_stands_for_it(tmp_path: Path) -> None:
    files = {
        "a.md": page("A", PROSE),
        "old-a.md": page("A", PROSE),
        "b.md": page("B", "[It](old-a.md)"),
    }
    root = project(tmp_path / "project")
    imported(root, write(tmp_path / "tree", files))
    assert contents(root / "docs")["en/b.md"].decode() == page("B", "[It](a.md)")


def test_a_copy_in_the_source_language_is_set_aside_for_the_translation(tmp_path: Path) -> None:
    files = {"pruning-de.md": page("Schnitt", GERMAN), "pruning.md": page("Pruning", LONG)}
    root = project(tmp_path / "project", {"en/pruning.md": page("Pruning", LONG)})
    made = imported(root, write(tmp_path / "tree", files), "de")
    assert reasons(made) == {"pruning.md": (AsideReason.FOREIGN, "de", "pruning")}
    assert made.aside[0].detail == "English"
    # At its old address the new site has the same page in that very language.
    assert [(one.address, one.locale) for one in made.redirects.lost] == [("pruning", "en")]


def test_a_copy_without_a_translation_is_set_aside_for_the_source_page(tmp_path: Path) -> None:
    root = project(tmp_path / "project", {"en/pruning.md": page("Pruning", LONG)})
    tree = write(tmp_path / "tree", {"pruning-en.md": page("Pruning", LONG)})
    made = imported(root, tree, "de")
    assert reasons(made) == {"pruning-en.md": (AsideReason.FOREIGN, "en", "pruning")}
    assert made.pages == ()


def test_a_page_in_another_language_that_nothing_stands_for_comes_and_is_named(
    tmp_path: Path,
) -> None:
    body = "## Overview\n\nSome text.\n\n## Tools\n\nSome more.\n"
    tree = write(tmp_path / "tree", {"pruning.md": page("Pruning", body)})
    made = imported(project(tmp_path / "project"), tree, "de")
    assert [one.page_id for one in made.pages] == ["pruning"]
    assert made.foreign == (("pruning.md", "English"),)


def test_a_translation_whose_headings_are_not_translated_is_no_copy(tmp_path: Path) -> None:
    body = f"## Overview\n\n{GERMAN}\n## Tools\n\nMesser.\n"
    root = project(tmp_path / "project", {"en/pruning.md": page("Pruning", LONG)})
    made = imported(root, write(tmp_path / "tree", {"pruning-de.md": page("Schnitt", body)}), "de")
    assert reasons(made) == {}
    assert made.foreign == (("pruning-de.md", "English"),)


def test_two_files_for_one_page_are_told_and_neither_is_written_over_the_other(
    tmp_path: Path,
) -> None:
    files = {"my-page.md": page("One", PROSE), "My Page.md": page("Two", OTHERS)}
    root = project(tmp_path / "project")
    made = imported(root, write(tmp_path / "tree", files))
    assert reasons(made) == {"My Page.md": (AsideReason.CLASH, "en", "my-page")}
    assert contents(root / "docs")["en/my-page.md"].decode() == files["my-page.md"]


def older(title: str) -> str:
    return page(title, f"## Überblick\n\n{GERMAN}\n## Werkzeuge\n\nOnly a knife.\n")


def generations(tmp_path: Path, toc: str, *source: str) -> ImportPlan:
    """Import a page and an older generation of it."""
    body = (
        f"## Überblick\n\n{GERMAN}\n## Werkzeuge\n\nA saw and a knife, and a rope to hold both.\n"
    )
    files = {
        "pruning-de.md": page("Schnitt", body),
        "winter-de.md": older("Schnitt"),
        "ladders-de.md": page("Leitern", OTHERS),
        "toc.yml": toc,
    }
    pages = {f"en/{name}.md": page(name.title(), LONG) for name in source}
    return imported(project(tmp_path / "project", pages), write(tmp_path / "tree", files), "de")


PRUNING = "- name: Schnitt\n  href: pruning-de.md\n"
WINTER = "- name: Winter\n  href: winter-de.md\n"
LADDERS = "- name: Leitern\n  href: ladders-de.md\n"


def test_a_page_that_is_neither_listed_nor_paired_is_an_older_generation(tmp_path: Path) -> None:
    made = generations(tmp_path, PRUNING + LADDERS, "pruning", "ladders")
    assert reasons(made) == {"winter-de.md": (AsideReason.SUPERSEDED, "de", "pruning")}
    assert int(made.aside[0].detail) >= 60
    assert made.rivals == ()


def test_what_is_listed_or_paired_stays_and_is_named(tmp_path: Path) -> None:
    made = generations(tmp_path, PRUNING + WINTER + LADDERS, "pruning", "ladders")
    assert reasons(made) == {}
    (rivals,) = made.rivals
    assert {rivals.name, rivals.other} == {"winter-de.md", "pruning-de.md"}
    assert (rivals.listed, rivals.paired) == ((True, True), (False, True))


def test_without_a_source_nothing_is_taken_for_an_older_generation(tmp_path: Path) -> None:
    made = generations(tmp_path, PRUNING + LADDERS)
    assert reasons(made) == {}
    assert len(made.rivals) == 1


def test_what_stands_for_something_set_aside_is_never_set_aside_itself(tmp_path: Path) -> None:
    files = {
        "a-de.md": page("A", GERMAN),
        "a.md": page("A", GERMAN),
        "b-de.md": page("A", GERMAN),
        "b.md": page("A", GERMAN),
    }
    made = imported(project(tmp_path / "project"), write(tmp_path / "tree", files), "de")
    assert {one.page_id for one in made.pages} == {"a"}
    assert {one.page_id for one in made.aside} == {"a"}
    assert {one.stands for one in made.aside} == {"a-de.md"}
