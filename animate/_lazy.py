"""Heavy libraries, imported when they are first used: help and mistakes answer without them."""

from importlib import import_module
from types import ModuleType
from typing import Any


class _LazyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def lazy(name: str) -> Any:
    """A stand-in for the module `name` that imports it on the first use of an attribute."""
    return _LazyModule(name)
