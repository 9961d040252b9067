"""The loader of YAML: libyaml's where PyYAML was built with it, which takes a tenth of the time."""

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

__all__ = ["SafeLoader"]
