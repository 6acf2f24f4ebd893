"""A user's surface as code: a function of a Python module. Loading it runs the module."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from importlib.machinery import PathFinder
from importlib.util import find_spec
from modulefinder import ModuleFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from animate.errors import UsageError, sentence
from animate.registry import hint
from animate.simulate.numerics import float64
from animate.simulate.step import loss_at
from animate.surfaces.libraries import Array, jax, jnp
from animate.surfaces.table import Loss, Point, Surface, Window


def load_function(reference: str, *, folder: Path, window: Window, start: Point) -> Surface:
    """The surface of the function that `reference`, as "module:function", names.

    The module is looked for in `folder`, then among the installed ones, and is executed: call this
    only where the user has allowed code. The function takes JAX arrays x and y of one shape, or
    where the window is an interval x alone, and gives the loss in that shape; this is tried here.
    Raises UsageError.
    """
    function = load_callable(reference, folder=folder)
    _try(reference, function, len(window))
    name = reference.partition(":")[2]
    return Surface(name=name, function=function, window=window, start=start)


def surface_of(function: Loss, *, name: str, window: Window, start: Point) -> Surface:
    """The surface of a function that is at hand, which a picture calls `name`.

    It takes and gives what that of `load_function` does. Raises UsageError.
    """
    _try(name, function, len(window))
    return Surface(name=name, function=function, window=window, start=start)


def module_files(reference: str, folder: Path) -> list[Path]:
    """The files in `folder` of the module or package that `reference` names, if it is there."""
    top = folder / reference.partition(":")[0].partition(".")[0]
    return [*folder.glob(f"{top.name}.py"), *sorted(top.rglob("*.py"))] if top.name else []


def source_files(reference: str, folder: Path) -> list[Path]:
    """The files of the module that `reference` names, and of all that it imports from `folder`;
    of an installed package all of its own."""
    beside = module_files(reference, folder)
    if not beside:
        spec = find_spec(reference.partition(":")[0].partition(".")[0])
        places = [Path(each) for each in (spec and spec.submodule_search_locations) or ()]
        single = [Path(spec.origin)] if spec and spec.origin and not places else []
        return [*single, *(file for each in places for file in sorted(each.rglob("*.py")))]
    found = dict.fromkeys(file.resolve() for file in beside)
    invalidate_caches()
    for file in beside:
        finder = _Finder(path=[str(folder.resolve())])
        finder.run_script(str(file))
        others = (getattr(each, "__file__", None) for each in finder.modules.values())
        found |= dict.fromkeys(Path(each).resolve() for each in others if each)
    return sorted(found)


class _Finder(ModuleFinder):
    """Follows folders without an `__init__.py` too, as Python's own imports do."""

    def import_module(self, partname: str, fqname: str, parent: Any) -> Any:
        places = parent.__path__ if parent else self.path
        spec = PathFinder.find_spec(partname, places) if places else None
        if spec is None or spec.origin is not None or fqname in self.modules:
            return super().import_module(partname, fqname, parent)
        package: Any = self.add_module(fqname)
        package.__path__ = list(spec.submodule_search_locations or ())
        return package


def load_callable(reference: str, *, folder: Path) -> Callable[..., Any]:
    """The function or class that `reference` names, its module executed. Raises UsageError."""
    module_name, colon, name = reference.partition(":")
    if not (colon and name.isidentifier() and all(map(str.isidentifier, module_name.split(".")))):
        raise UsageError(f"python must be 'module:function', got {reference!r}")
    module = _load(module_name, folder)
    if not hasattr(module, name):
        known = [key for key, value in vars(module).items() if callable(value) and key[0] != "_"]
        raise UsageError(f"{module_name} has no function named {name!r}.{hint(name, known)}")
    function = getattr(module, name)
    if not callable(function):
        raise UsageError(f"{reference} is not a function but {_article(type(function).__name__)}")
    return function


def _load(name: str, folder: Path) -> ModuleType:
    """The module `name`, from its file in `folder` if there is one, else an installed one."""
    with _importing_from(folder.resolve(), name.partition(".")[0]):
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            if error.name and f"{name}.".startswith(f"{error.name}."):
                raise UsageError(
                    f"there is no module named {name!r}, neither in {str(folder)!r} nor installed"
                ) from error
            raise UsageError(f"importing {name} failed: {sentence(error)}") from error
        except (Exception, SystemExit) as error:
            raise UsageError(f"importing {name} failed: {sentence(error)}") from error


@contextmanager
def _importing_from(folder: Path, package: str) -> Iterator[None]:
    """While this lasts, modules of `folder` are imported before any others.

    Afterwards they are forgotten: another scene's folder may have others of the same names.
    """

    def is_ours(module: str) -> bool:
        top = module.partition(".")[0]
        ours = folder / f"{top}.py", folder / top
        places = map(Path, _places(sys.modules[module]))
        return any(each.is_relative_to(one) for each in places for one in ours)

    invalidate_caches()
    spec = PathFinder.find_spec(package, [str(folder)])
    comes_first = spec is not None and spec.origin is not None
    hidden = {
        key: sys.modules.pop(key)
        for key in list(sys.modules)
        if comes_first and key.partition(".")[0] == package
    }
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for key in [key for key in set(sys.modules) - before if is_ours(key)]:
            del sys.modules[key]
        sys.modules.update(hidden)


def _places(module: ModuleType) -> list[str]:
    """The file of a module, or the folders of a package that has none."""
    file = getattr(module, "__file__", None)
    return [file] if file else list(getattr(module, "__path__", ()))


def _try(reference: str, function: Loss, variables: int) -> None:
    """Trace the function by JAX, for one point and for an array, and its gradient; nothing is
    computed."""

    def loss_of(*at: Array) -> Array:  # its own name, unlike the function's, is one for JAX
        return function(*at)

    for shape in ((), (2, 3)):
        with float64():
            point = jax.ShapeDtypeStruct(shape, jnp.float64)
            try:
                loss = jax.eval_shape(loss_of, *variables * [point])
            except Exception as error:
                raise UsageError(
                    f"{reference} cannot be traced by JAX (write it with jax.numpy, without "
                    f"branching on values): {sentence(error)}"
                ) from error
        if getattr(loss, "shape", None) != shape or not jnp.issubdtype(loss.dtype, jnp.floating):
            raise UsageError(
                f"{reference} must give one real loss a point: for "
                f"{' and '.join('xy'[:variables])} of shape {list(shape)} it gave "
                f"{_described(loss)}"
            )
    _try_gradient(reference, function, variables)


def _try_gradient(reference: str, function: Loss, variables: int) -> None:
    """Trace the loss's gradient at several points at once; nothing is computed.

    Not its second derivatives, which few scenes take: a function with a custom_vjp has none.
    """

    def loss(point: Array) -> Array:
        return jnp.reshape(loss_at(function, point), ())

    with float64():
        points = jax.ShapeDtypeStruct((2, variables), jnp.float64)
        try:
            jax.eval_shape(jax.vmap(jax.grad(loss)), points)
        except Exception as error:
            raise UsageError(
                f"{reference} can be traced by JAX, but not its gradient (write it with jax.numpy, "
                f"without callbacks): {sentence(error)}"
            ) from error


def _described(loss: Array) -> str:
    if hasattr(loss, "shape"):
        return f"{loss.dtype} of shape {list(loss.shape)}"
    return _article(type(loss).__name__)


def _article(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"
