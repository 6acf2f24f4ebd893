"""The mean loss of a module, and other numbers, at weights that are put into it for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np

from animate.errors import UsageError, sentence
from animate.torch.library import Batch, Module, Tensor, torch

Measure = Callable[[Module, Batch], Tensor]
"""(module, batch) -> the mean over the examples of the batch."""
Statistics = Literal["recomputed", "kept"]
_WRAPPERS = ("module.", "_orig_mod.")
"""What DistributedDataParallel and torch.compile put before every name."""


def plain(name: str) -> str:
    """The name of a parameter without those of wrappers around the module."""
    for wrapper in _WRAPPERS:
        name = name.removeprefix(wrapper)
    return name


def measure_of(name: str, function: Any) -> Measure:
    """`function` as a Measure: a criterion of torch.nn is called as criterion(module(inputs),
    targets). Errors and what is no single number are told as UsageErrors."""
    criterion = isinstance(function, torch.nn.Module)

    def measure(module: Module, batch: Batch) -> Tensor:
        try:
            value = function(module(batch[0]), batch[1]) if criterion else function(module, batch)
        except Exception as error:
            called = (
                f"{name}(module(batch[0]), batch[1])" if criterion else f"{name}(module, batch)"
            )
            raise UsageError(f"{called} failed: {sentence(error)}") from error
        value = torch.as_tensor(value)
        if value.numel() != 1:
            raise UsageError(
                f"{name} must be one number, the mean over the examples of a batch; it has the "
                f"shape {list(value.shape)}"
            )
        return value.detach().float().reshape(())

    return measure


class Evaluation:
    """`measures` of a module over all of a `loader`, at any weights.

    `parameters` are its parameters by name; a vector of weights holds them in this order. While it
    is `open`, the module is in the mode for evaluation and its weights change; afterwards all of
    its state is as before. Of modules with batch normalisation the statistics are `recomputed` at
    every point, as the mean over the batches of the loader, or `kept` as they are given.
    """

    def __init__(
        self,
        module: Module,
        measures: Sequence[Measure],
        loader: Iterable[Batch],
        statistics: Statistics,
    ) -> None:
        if isinstance(loader, Iterator):
            raise UsageError(
                "the loader can be gone through once only; give a DataLoader or a list"
            )
        self._module, self._measures, self._loader = module, measures, loader
        self.parameters = {plain(name): each for name, each in module.named_parameters()}
        if sum(each.numel() for each in self.parameters.values()) < 2:
            raise UsageError("the module must have two parameters or more: a plane has two axes")
        self.buffers = {plain(name): each for name, each in module.named_buffers()}
        self._sizes = [each.numel() for each in self.parameters.values()]
        self._device = next(iter(self.parameters.values())).device
        self.normalised = [each for each in module.modules() if _has_statistics(each)]
        self._recompute = bool(self.normalised) and statistics == "recomputed"

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, in the order of a vector of weights."""
        return {name: tuple(each.shape) for name, each in self.parameters.items()}

    @property
    def dtype(self) -> type[np.floating[Any]]:
        """The precision of the weights: float64 where the module's is."""
        exact = any(each.dtype == torch.float64 for each in self.parameters.values())
        return np.float64 if exact else np.float32

    def tensor(self, vector: np.ndarray) -> Tensor:
        """`vector` where the module is."""
        return torch.as_tensor(vector.astype(self.dtype), device=self._device)

    @contextmanager
    def open(self) -> Iterator[None]:
        """A context in which `at` may be called."""
        state = {**dict(self._module.named_parameters()), **dict(self._module.named_buffers())}
        kept = {name: each.detach().clone() for name, each in state.items()}
        modes = [(each, each.training) for each in self._module.modules()]
        momenta = [(each, each.momentum) for each in self.normalised]
        try:
            with torch.random.fork_rng(devices=[]), torch.no_grad():
                self._module.eval()
                yield
        finally:
            with torch.no_grad():
                for name, each in kept.items():
                    state[name].copy_(each)
            for each, mode in modes:
                each.training = mode
            for each, momentum in momenta:
                each.momentum = momentum

    def at(self, weights: Tensor, buffers: Mapping[str, Tensor]) -> np.ndarray:
        """The mean of each measure over all examples [measure], with the `weights` [P]; `buffers`
        are those of the module that are set."""
        for each, piece in zip(self.parameters.values(), weights.split(self._sizes), strict=True):
            each.copy_(piece.view_as(each))
        for name, value in buffers.items():
            self.buffers[name].copy_(torch.tensor(value))
        if self._recompute:
            self._renew()
        values, counts = [], []
        for there in self._batches():
            values.append(torch.stack([each(self._module, there) for each in self._measures]))
            counts.append(_examples(there))
        if not counts:
            raise UsageError("the loader has no batches")
        table = torch.stack(values).cpu().double().numpy()
        return np.average(table, axis=0, weights=counts)

    def _batches(self) -> Iterator[Batch]:
        """The batches of the loader, for every point in the same random order."""
        torch.manual_seed(0)
        for batch in self._loader:
            yield moved(batch, self._device)

    def _renew(self) -> None:
        """Set the statistics to their mean over the batches: momentum None is PyTorch's own way."""
        for each in self.normalised:
            each.reset_running_stats()
            each.momentum, each.training = None, True
        for batch in self._batches():
            self._measures[0](self._module, batch)
        for each in self.normalised:
            each.training = False


def _has_statistics(module: Module) -> bool:
    normalises = isinstance(module, torch.nn.modules.batchnorm._BatchNorm)
    return normalises and module.running_mean is not None


def moved(batch: Batch, device: Any) -> Batch:
    """The batch on `device`, of whatever tuples, lists and mappings it is made."""
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, Mapping):
        return {key: moved(each, device) for key, each in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(moved(each, device) for each in batch))
    if isinstance(batch, list | tuple):
        return type(batch)(moved(each, device) for each in batch)
    return batch


def _examples(batch: Batch) -> int:
    """How many examples the batch has: the length of its first tensor."""
    if isinstance(batch, torch.Tensor):
        return int(batch.shape[0]) if batch.ndim else 1
    parts = batch.values() if isinstance(batch, Mapping) else batch
    if isinstance(parts, list | tuple) or isinstance(batch, Mapping):
        return next((count for each in parts if (count := _examples(each))), 0)
    return 0
