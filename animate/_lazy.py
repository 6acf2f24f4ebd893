"""Heavy libraries, imported when they are first used: help and mistakes answer without them.

So is what stands behind a package that can be called.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_FOUND = "the module itself"
"""Where a stand-in keeps that: to ask for it each time takes longer than what it is asked for."""


class _LazyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        module = self.__dict__.get(_FOUND)
        if module is None or sys.modules.get(self.__name__) is not module:
            module = self.__dict__[_FOUND] = import_module(self.__name__)
        return getattr(module, name)


def lazy(name: str) -> Any:
    """A stand-in for the module `name` that imports it on the first use of an attribute."""
    return _LazyModule(name)


class _Called(ModuleType):
    def __call__(self, **keywords: Any) -> Any:
        """As the public function of this name: see `animate.api`."""
        package, _, name = self.__name__.rpartition(".")
        return getattr(import_module(f"{package}.api"), name)(**keywords)


def callable_as_function(name: str) -> None:
    """Let the package `name` be called as the public function that is called the same.

    Importing a package puts it in the place of that function, for good.
    """
    sys.modules[name].__class__ = _Called
