"""What is written beside the pages, once, when all locales are built."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.site import feeds, search, sitemap, taskfiles, twins
from leitfaden.site.build import Build


def write(build: Build, config: MkDocsConfig) -> None:
    """Write the files beside the pages of all locales.

    Args:
        build: The build.
        config: MkDocs' configuration.
    """
    sitemap.write(build, config)
    feeds.write(build, config)
    twins.write(build, config)
    taskfiles.write(build, config)
    search.write(build, config)
