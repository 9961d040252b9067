"""How long a build may take, and how much memory."""

from __future__ import annotations

import signal

from leitfaden.contract import Limits


def bound(limits: Limits) -> None:
    """Let the system end a build that takes too long, and refuse it more memory than agreed.

    Only a command that has said what to do at the alarm is woken by it: a live server goes on for
    as long as somebody wants it.

    Args:
        limits: What the contract says.
    """
    if hasattr(signal, "SIGALRM") and callable(signal.getsignal(signal.SIGALRM)):
        signal.setitimer(signal.ITIMER_REAL, limits.minutes * 60)
    if limits.memory is not None:
        _bound_memory(limits.memory)


def _bound_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
