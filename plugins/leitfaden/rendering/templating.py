"""Jinja in fewer steps, for what templates do most: show a value, call a macro or a function."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_PASSED = "jinja_pass_arg"  # marks a function that wants more than its arguments
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


def escaped(value: object) -> str:
    """Return a value as HTML; what it is, if nothing in it has to be escaped.

    Args:
        value: The value.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is str:
        text: str = value  # type: ignore[assignment]
        if (
            "&" not in text
            and "<" not in text
            and '"' not in text
            and "'" not in text
            and ">" not in text
        ):
            return text
    return escape(value)


def set_up(env: Environment) -> None:
    """Let an environment's templates take fewer steps; what they show is the same.

    Args:
        env: The environment, before it has loaded a template.
    """
    env.context_class = QuickContext
    env.template_class = QuickTemplate
