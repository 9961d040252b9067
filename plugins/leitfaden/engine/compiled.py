"""Templates as they have been compiled, kept between builds.

They are code; what has no seal of ours is not looked at. Whether one still fits its template,
Jinja sees by the template's text.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib.metadata import version

import jinja2
from jinja2 import Environment

from leitfaden.engine.manifest import Known, tidy, write
from leitfaden.site import lean
from leitfaden.site.lean import Compiled

_PREFIX = "templates-"
_KEPT = 8
# What else is in the code of a template: all that its environment says of the language.
_OPTIONS = (
    "block_start_string",
    "variable_start_string",
    "comment_start_string",
    "line_statement_prefix",
    "line_comment_prefix",
    "trim_blocks",
    "lstrip_blocks",
    "keep_trailing_newline",
    "newline_sequence",
    "optimized",
    "autoescape",
    "is_async",
    "sandboxed",
)


@contextmanager
def kept_compiled(env: Environment, compiled: Compiled, known: Known | None) -> Iterator[None]:
    """Let what is compiled in this block be what earlier builds have compiled, and keep the rest.

    Args:
        env: The environment of the templates, set up.
        compiled: Takes what is compiled.
        known: Where it is kept; None if it is not.
    """
    lean.keep_compiled(env, compiled)
    if known is None or env.bytecode_cache is not compiled:
        yield
        return
    name = _name(env)
    compiled.add(_read(known, name))
    before = len(compiled.known)
    yield
    if len(compiled.known) > before:
        with suppress(OSError):  # then the next build compiles them again
            write(known.folder / name, known.seal.sealed(marshal.dumps(compiled.known), name))
            tidy(known.folder, _PREFIX, _KEPT)


def _name(env: Environment) -> str:
    versions = (sys.version, jinja2.__version__, version("markupsafe"))
    options = (str(getattr(env, option)) for option in _OPTIONS)
    about = "\0".join((*versions, *options, *sorted(env.extensions)))
    return f"{_PREFIX}{blake2b(about.encode(), digest_size=16).hexdigest()}"


def _read(known: Known, name: str) -> dict[str, bytes]:
    try:
        data = known.seal.opened((known.folder / name).read_bytes(), name)
    except OSError:
        return {}
    found: dict[str, bytes] = {} if data is None else marshal.loads(data)
    return found
