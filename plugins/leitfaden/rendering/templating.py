"""Jinja in fewer steps, for what templates do most: show a value, call a macro or a function."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import create_cache
from jinja2.runtime import Context, Macro, new_context
from markupsafe import Markup, escape

_PASSED = "jinja_pass_arg"  # marks a function that wants more than its arguments
_ALL = (
    -1
)  # templates are kept; Jinja keeps 400, and looks through them for each that it is asked for
_NONE = object()
_FUNCTIONS = (FunctionType, MethodType)


class QuickContext(Context):
    """Calls macros and functions without looking at each what else it could be."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what a template gets that calls something.

        Args:
            obj: What it calls.
            args: What it hands over.
            kwargs: The same by name, and what Jinja adds for functions that want it.
        """
        kind = type(obj)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _FUNCTIONS or hasattr(obj, _PASSED):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs)
        except StopIteration:  # which would end the template
            return self.environment.undefined("a function raised StopIteration")


class QuickTemplate(Template):
    """Shows values that have nothing to escape as they are."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Return a template of what it was compiled to; see Jinja."""
        template = super().from_code(environment, code, globals, uptodate)
        vars(template)["root_render_func"].__globals__["escape"] = escaped
        return template

    def new_context(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> Context:
        """Return what the template is rendered with; see Jinja."""
        known: Any = self.globals
        # They are looked up one by one where a template has some of its own, as hardly any has.
        if (
            isinstance(known, ChainMap)
            and known.maps[-1] is self.environment.globals
            and len(known.maps) == 2
        ):
            known = known if known.maps[0] else self.environment.globals
        return new_context(self.environment, self.name, self.blocks, vars, shared, known, locals)


def escaped(value: Any) -> Any:
    """Return a value as HTML; what it is, if nothing in it has to be escaped.

    Args:
        value: The value.
    """
    kind = type(value)
    if kind is Markup:
        return value
    is_plain = kind is str and not (
        "&" in value or "<" in value or '"' in value or "'" in value or ">" in value
    )
    return value if is_plain else escape(value)


def set_up(env: Environment) -> None:
    """Let an environment's templates take fewer steps; what they show is the same.

    Args:
        env: The environment, before it has loaded a template.
    """
    env.context_class = QuickContext
    env.template_class = QuickTemplate
    env.cache = create_cache(_ALL)

    def attribute_of(thing: Any, name: str) -> Any:
        found = getattr(thing, name, _NONE)  # without an exception, as entries of a mapping raise
        if found is not _NONE:
            return found
        try:
            return thing[name]
        except (TypeError, LookupError, AttributeError):
            return env.undefined(obj=thing, name=name)

    vars(env)["getattr"] = attribute_of
