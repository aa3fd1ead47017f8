"""Where per-article work runs: on the cores of one machine (local.py), or on several machines (ray.py, the one file that imports ray)."""

from __future__ import annotations

from collections.abc import Callable

from sayso.errors import InputError
from sayso.pipeline.reading import Account
from sayso.runners.local import Local

__all__ = ["Local", "open_ray"]


def open_ray() -> Callable[..., Account]:
    """`ray.read`, loaded only where it is asked for. Raises InputError where Ray is not installed."""
    try:
        from sayso.runners.ray import read
    except ImportError as error:
        raise InputError(
            f"reading on several machines needs Ray ({error}); install it with: pip install 'sayso[ray]'"
        ) from error
    return read
