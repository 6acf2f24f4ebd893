"""The batches of a loader, the same ones for every point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import inf
from typing import Any

from animate.errors import UsageError
from animate.torch.library import Batch, torch

KEPT = 1e9
"""Bytes of batches that are kept for all points."""


class Batches:
    """The batches of a `loader`, on `device`, as often as they are gone through.

    Those of at most `KEPT` bytes are drawn once, and every point gets a copy of them. Others, and
    what is no tensor, are drawn anew for every point, from the same state of PyTorch's generator:
    a loader that shuffles gives the same order then. Raises UsageError where the loader can be gone
    through once only.
    """

    def __init__(self, loader: Iterable[Batch], device: Any) -> None:
        if isinstance(loader, Iterator):
            raise UsageError(
                "the loader can be gone through once only; give a DataLoader or a list"
            )
        self._loader, self._device = loader, device
        self._kept: list[Batch] | None = None
        self._drawn = False

    def __iter__(self) -> Iterator[Batch]:
        if not self._drawn:
            self._drawn, self._kept = True, self._draw()
        torch.manual_seed(0)
        if self._kept is not None:
            yield from map(_copied, self._kept)
        else:
            yield from map(self._moved, self._loader)

    def _draw(self) -> list[Batch] | None:
        """All batches; None where they are not to be kept."""
        torch.manual_seed(0)
        kept, size = list[Batch](), 0.0
        for batch in self._loader:
            size += _bytes_of(batch)
            if size > KEPT:
                return None
            kept.append(_copied(self._moved(batch)))
        return kept

    def _moved(self, batch: Batch) -> Batch:
        return _mapped(batch, lambda leaf: leaf.to(self._device))


def examples_of(batch: Batch) -> int:
    """How many examples the batch has: the length of its first tensor."""
    if isinstance(batch, torch.Tensor):
        return int(batch.shape[0]) if batch.ndim else 1
    parts = batch.values() if isinstance(batch, Mapping) else batch
    if isinstance(parts, list | tuple) or isinstance(batch, Mapping):
        return next((count for each in parts if (count := examples_of(each))), 0)
    return 0


def _copied(batch: Batch) -> Batch:
    """The batch with tensors of its own: a module may change its inputs in place."""
    return _mapped(batch, lambda leaf: leaf.clone())


def _mapped(batch: Batch, change: Callable[[Any], Any]) -> Batch:
    """The batch with `change` of all that can be on a device, of whatever tuples, lists and
    mappings it is made."""
    if hasattr(batch, "to"):
        return change(batch)
    if isinstance(batch, Mapping):
        return {key: _mapped(each, change) for key, each in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(_mapped(each, change) for each in batch))
    if isinstance(batch, list | tuple):
        return type(batch)(_mapped(each, change) for each in batch)
    return batch


def _bytes_of(batch: Batch) -> float:
    """The bytes of the batch's tensors; infinite where there is something else that may change."""
    if isinstance(batch, torch.Tensor):
        return batch.numel() * batch.element_size()
    if isinstance(batch, Mapping):
        return sum(map(_bytes_of, batch.values()))
    if isinstance(batch, list | tuple):
        return sum(map(_bytes_of, batch))
    return 0.0 if batch is None or isinstance(batch, str | int | float) else inf
