"""`leitfaden serve`: the site, live."""

from __future__ import annotations

import signal
import sys
from typing import IO, Any

import click

from leitfaden.cli.output import WrongUsage, is_coloured


@click.command()
@click.option(
    "--config-file",
    "-f",
    type=click.File("rb"),
    help="The configuration, if it is not mkdocs.yml.",
)
@click.option(
    "--dev-addr",
    "-a",
    metavar="HOST:PORT",
    help="Where to serve, if not as mkdocs.yml says or at 127.0.0.1:8000.",
)
@click.option(
    "--locale",
    "-l",
    "locales",
    multiple=True,
    help="Serve only this language; may be given several times.",
)
@click.option("--open", "-o", "opens", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--editor",
    "-e",
    metavar="NAME",
    default="vscode",
    show_default=True,
    envvar="LEITFADEN_EDITOR",
    help="What opens the places that pages show: vscodium, cursor, zed … or an address with "
    "{path}, {line} and {column}; none for no links.",
)
def serve(
    config_file: IO[bytes] | None,
    dev_addr: str | None,
    locales: tuple[str, ...],
    opens: bool,
    editor: str,
) -> None:
    """Serve the site; what is edited shows at once, in the tabs that show it.

    Each page is made when it is asked for, as a build would make it. Ctrl-C ends it.
    """
    from mkdocs.exceptions import ConfigurationError

    from leitfaden.engine.messages import printed
    from leitfaden.engine.serving.editors import address_of
    from leitfaden.engine.serving.serve import CannotServe, Options
    from leitfaden.engine.serving.serve import serve as serve_site

    # A shell lets its background jobs ignore Ctrl-C; this one ends by it all the same.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        address = address_of(editor)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    name = config_file.name if config_file else None
    config: dict[str, Any] = {"config_file": name, "dev_addr": dev_addr, "strict": False}
    given = {key: value for key, value in config.items() if value is not None}
    try:
        with printed(coloured=is_coloured(sys.stderr.isatty())):
            serve_site(Options(config=given, locales=locales, opens=opens, editor=address))
    except (CannotServe, ConfigurationError) as error:
        raise WrongUsage(str(error)) from error
