"""What outsiders put into docs/: nothing of it is read from elsewhere, runs, or ends the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leitfaden.contract import Limits
from leitfaden.site.bounds import bound
from tests.site.sites import QUIET, Site

HOME = {"docs/en/index.md": "# Home\n\n[Page](page.md)\n", "docs/de/index.md": "# Start\n"}
SECRET = "the-secret-of-the-machine"
TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PAGE = f"""---
title: "Turned {TURNED} \\u202e"
description: "About \\u2067"
---

# Page {TURNED}

Text{TURNED} and &#8238; and &#x2066; <b title="&#x202e;">bold</b> `code{TURNED}`.

[Drawing](evil.svg) ![Out](../../secret.png) [Up](%2e%2e/%2e%2e/secret.png)

```text
block{TURNED}
```
"""
CLASSIC = f"""---
renderer: mkdocs
template: ../../nothing.html
icon: ../../../secret
search: {{boost: many}}
hide: [toc, [[[x]]]]
---

# Classic {TURNED}

--8<-- "secret.txt"
"""
DEEP = f"---\nrenderer: mkdocs\ntitle: Deep\nx: {'[' * 15}{']' * 15}\n---\n\n# Deep\n"
FILES: dict[str, str | bytes] = {
    "docs/en/page.md": PAGE,
    "docs/en/classic.md": CLASSIC,
    "docs/en/deep.md": DEEP,
    "docs/en/evil.svg": "<svg>\n  <script>alert(1)</script></svg>",
    "docs/en/fine.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "docs/en/tool.html": "<script>alert(1)</script>",
    "docs/en/tool.js": "alert(1)",
    "docs/assets/huge.png": b"x" * 3000,
    "docs/en/a\x1bb.txt": "x",
    "docs/en/con.txt": "x",
    "secret.txt": SECRET,
    "secret.png": SECRET,
}
TOLD = {
    "docs/assets/huge.png: LF124 ",
    "docs/en/evil.svg:2:3: LF125 ",
    "docs/en/tool.html: LF121 ",
    "docs/en/tool.js: LF121 ",
    "docs/en/page.md:6:8: LF620 ",
    "docs/en/out.txt: LF914 ",
    "docs/en/pipe.pdf: LF101 ",
}


@pytest.mark.skipif(os.name == "nt", reason="needs links, pipes and odd names")
def test_what_is_refused_is_told_and_not_on_the_site(site: Site) -> None:
    site.contract["limits"] = {"image": "2 KB"}
    site.contract["metadata"]["optional"] += ["template", "icon", "x"]
    site.navigation("index", "page", "classic", "deep").write({**HOME, **FILES})
    (site.root / "docs/en/out.txt").symlink_to("../../secret.txt")
    os.mkfifo(site.root / "docs/en/pipe.pdf")
    built = site.build()
    assert built.exit_code == 0, built.log
    assert "Traceback" not in built.log
    missing = {one for one in TOLD if f"leitfaden: {one}" not in built.log}
    assert not missing, built.log
    assert "LF122 " in built.log
    files = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*")}
    refused = ("evil.svg", "tool.html", "tool.js", "assets/huge.png", "out.txt", "pipe.pdf")
    assert files.isdisjoint(refused)
    assert {"fine.svg", "con.txt", "deep/index.html"} <= files
    assert not any("\x1b" in name for name in files)
    for path in built.site.rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".txt") and path.is_file():
            text = path.read_text("utf-8")
            assert SECRET not in text, path
            assert not set(TURNED) & set(text), path
            assert "&#8238;" not in text, path


@pytest.mark.parametrize(
    ("extension", "told"),
    [
        ("  - pymdownx.snippets\n", "files from outside of the docs folder"),
        ("  - pymdownx.snippets:\n      base_path: [docs, ..]\n", "files from outside"),
        (
            "  - pymdownx.snippets:\n      base_path: docs\n      restrict_base_path: false\n",
            "files from outside",
        ),
        (
            "  - pymdownx.snippets:\n      base_path: docs\n      url_download: true\n",
            "any address fetched",
        ),
        ("  - pymdownx.b64\n", "images from outside"),
    ],
)
def test_extensions_that_reach_out_of_the_docs_folder_end_the_build(
    extension: str, told: str, site: Site
) -> None:
    site.write({**HOME, "docs/en/page.md": CLASSIC, "secret.txt": SECRET})
    site.edit("mkdocs.yml", "  - pymdownx.details\n", f"  - pymdownx.details\n{extension}")
    built = site.build()
    assert built.exit_code == 1, built.log
    assert "LF910" in built.log
    assert told in built.log
    assert not built.site.exists()


def test_snippets_of_the_docs_folder_work_and_follow_no_link_out_of_it(site: Site) -> None:
    classic = CLASSIC.replace("secret.txt", "en/part.txt")
    site.write({**HOME, "docs/en/page.md": classic, "docs/en/part.txt": "A part of it.\n"})
    snippets = "  - pymdownx.snippets:\n      base_path: docs\n"
    site.edit("mkdocs.yml", "  - pymdownx.details\n", f"  - pymdownx.details\n{snippets}")
    built = site.build()
    assert built.exit_code == 0, built.log
    assert "A part of it." in built.html("page/")
    site.write({"secret.txt": SECRET})
    (site.root / "docs/en/part.txt").unlink()
    (site.root / "docs/en/part.txt").symlink_to("../../secret.txt")
    built = site.build()
    assert built.exit_code == 1, built.log
    assert "docs/en/part.txt: LF914" in built.log


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no alarm")
def test_a_build_whose_time_is_up_says_so(site: Site) -> None:
    site.write({**HOME, "docs/en/page.md": "# Page\n"})
    site.edit("mkdocs.yml", "plugins:\n", "hooks: [slow.py]\nplugins:\n")
    waits = (
        "import pathlib, time\n\n\ndef on_pre_build(config):\n    pathlib.Path('begun').touch()\n"
    )
    site.write({"slow.py": f"{waits}    time.sleep(60)\n"}).save()
    command = [sys.executable, "-m", "leitfaden", "build"]
    process = subprocess.Popen(
        command,
        cwd=site.root,
        env={**os.environ, **QUIET},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for(site.root / "begun", process)
        process.send_signal(signal.SIGALRM)
        _, told = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 1
    assert told.splitlines()[-1] == (
        "ERROR   -  The build took longer than `limits.minutes` in the contract."
    )
    assert not (site.root / "site").exists()


def _wait_for(file: Path, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 100
    while not file.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no alarm")
def test_only_who_waits_for_the_alarm_gets_one() -> None:
    before = signal.getsignal(signal.SIGALRM)
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        bound(Limits(minutes=7))
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        signal.signal(signal.SIGALRM, lambda *_: None)
        bound(Limits(minutes=7))
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 7 * 60
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
