"""Hosts and parts of them that pages may load something from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)


def is_foreign(address: str) -> bool:
    """Tell whether an address leads away from the site: it has a scheme or a host."""
    return _FOREIGN.match(address) is not None


def covers(origin: str, address: str) -> bool:
    """Tell whether an address is at an origin that the contract names, as browsers compare them.

    Args:
        origin: A host, perhaps with a scheme, a port and the beginning of a path.
        address: A full address.
    """
    try:
        wanted = urlsplit(origin if "://" in origin else f"//{origin}")
        given = urlsplit(address)
        ports = wanted.port, given.port
    except ValueError:
        return False
    host = given.hostname or ""
    if wanted.scheme and given.scheme and given.scheme not in (wanted.scheme, f"{wanted.scheme}s"):
        return False
    if wanted.netloc.startswith("*."):
        is_host = host.endswith((wanted.hostname or "").removeprefix("*"))
    else:
        is_host = host == wanted.hostname
    usual = {None, 443 if given.scheme in ("https", "wss") else 80}
    is_port = ports[0] == ports[1] or set(ports) <= usual
    path = wanted.path
    is_path = given.path.startswith(path) if path.endswith("/") else path in ("", given.path)
    return is_host and is_port and is_path
