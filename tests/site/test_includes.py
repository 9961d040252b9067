"""Includes, videos and images with attributes on a built site."""

from __future__ import annotations

from pathlib import Path

from tests.site.sites import Site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>'
ROOM = """\
## Rooms

[The start](../index.md#rooms) [Out](../../../x.md)

![A room](media/room.svg)
"""


def test_fragments_are_shown_but_no_pages(tmp_path: Path) -> None:
    site = (
        Site(tmp_path)
        .of_few_words()
        .write(
            {
                "docs/en/index.md": "# Home\n\n[!INCLUDE [r](includes/room.md)]\n\n[In](#rooms)\n",
                "docs/en/sub/page.md": "# Page\n\n[!INCLUDE [r](../includes/room.md)]\n",
                "docs/de/index.md": "# Start\n\n[!INCLUDE [r](includes/room.md)]\n",
                "docs/en/includes/room.md": ROOM.replace(" [Out](../../../x.md)", ""),
                "docs/en/includes/media/room.svg": SVG,
            }
        )
    )
    built = site.navigation("index", "sub/page").build("--strict")
    assert built.exit_code == 0, built.log
    assert built.complaints == []
    assert not list((built.site).rglob("room*/index.html"))
    assert built.text("sub/page/", "h2#rooms").startswith("Rooms")
    assert built.attributes("sub/page/", "article img", "src") == ["../../includes/media/room.svg"]
    assert built.attributes("sub/page/", "article p a", "href")[0] == "../../#rooms"
    assert "Rooms" in built.text("de/", 'div[lang="en"] h2')
    assert built.attributes("de/", "article img", "src") == ["../includes/media/room.svg"]
    assert any("LF435" in line for line in built.lines("INFO"))


def test_what_cannot_be_included_fails_a_strict_build_and_shows_a_gap(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret words", "utf-8")
    site = (
        Site(tmp_path)
        .of_few_words()
        .write(
            {
                "docs/en/index.md": "# Home\n\n[!INCLUDE [s](../../secret.md)]\n\n"
                "[!INCLUDE [l](l.md)]\n"
            }
        )
    )
    (tmp_path / "docs" / "en" / "l.md").symlink_to(secret)
    built = site.build()
    assert "LF431" in built.log
    assert "LF430" in built.log
    assert len(built.texts("", ".lf-gap")) == 2
    assert "secret words" not in built.html("")
    assert site.build("--strict").exit_code == 1


def test_a_finding_in_a_fragment_is_told_at_its_own_file(tmp_path: Path) -> None:
    site = (
        Site(tmp_path)
        .of_few_words()
        .write(
            {
                "docs/en/index.md": "# Home\n\n[!INCLUDE [r](includes/room.md)]\n",
                "docs/en/includes/room.md": ROOM,
                "docs/en/includes/media/room.svg": SVG,
            }
        )
    )
    built = site.build()
    assert [line.split()[3] for line in built.complaints] == ["docs/en/includes/room.md:3:38:"]


def test_the_script_of_videos_comes_only_with_a_video_that_plays(tmp_path: Path) -> None:
    site = (
        Site(tmp_path)
        .of_few_words()
        .write(
            {
                "docs/en/index.md": "# Home\n\n> [!VIDEO https://www.microsoft.com/a]\n",
                "docs/en/other.md": "# Other\n\n> [!VIDEO https://videos.example/a]\n",
            }
        )
    )
    built = site.navigation("index", "other").build("--strict")
    assert built.exit_code == 0, built.log
    assert "video.js" in built.html("")
    assert "video.js" not in built.html("other/")
    assert "<iframe" not in built.html("")
