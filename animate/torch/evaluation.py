"""The mean loss of a module, and other numbers, at weights that are put into it for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import thread_time
from typing import Any, Literal

import numpy as np

from animate.errors import UsageError, sentence
from animate.torch.batches import Batches, examples_of
from animate.torch.library import Batch, Module, Tensor, torch

Measure = Callable[[Module, Batch], Tensor]
"""(module, batch) -> the mean over the examples of the batch."""
Statistics = Literal["recomputed", "kept"]
SMALL = 0.02
"""Seconds of a point on one thread, below which several take longer: they wait for one another."""
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
        self._module, self._measures = module, measures
        self.parameters = {plain(name): each for name, each in module.named_parameters()}
        if sum(each.numel() for each in self.parameters.values()) < 2:
            raise UsageError("the module must have two parameters or more: a plane has two axes")
        self.buffers = {plain(name): each for name, each in module.named_buffers()}
        self._sizes = [each.numel() for each in self.parameters.values()]
        self._device = next(iter(self.parameters.values())).device
        self._batches = Batches(loader, self._device)
        self._points, self._threads = 0, torch.get_num_threads()
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
        self._points, self._threads = 0, torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            with torch.random.fork_rng(devices=[]), torch.no_grad():
                self._module.eval()
                yield
        finally:
            torch.set_num_threads(self._threads)
            with torch.no_grad():
                for name, each in kept.items():
                    state[name].copy_(each)
            for each, mode in modes:
                each.training = mode
            for each, momentum in momenta:
                each.momentum = momentum

    def at(self, weights: Tensor, buffers: Mapping[str, Tensor]) -> np.ndarray:
        """The mean of each measure over all examples [measure], with the `weights` [P]; `buffers`
        are those of the module that are set.

        The first point starts PyTorch and draws the batches; by the second it is found whether a
        point is large enough for several threads.
        """
        begun = thread_time()
        for each, piece in zip(self.parameters.values(), weights.split(self._sizes), strict=True):
            each.copy_(piece.view_as(each))
        for name, value in buffers.items():
            self.buffers[name].copy_(torch.tensor(value))
        if self._recompute:
            self._renew()
        values, counts = [], []
        for there in self._batches:
            values.append(torch.stack([each(self._module, there) for each in self._measures]))
            counts.append(examples_of(there))
        if not counts:
            raise UsageError("the loader has no batches")
        table = torch.stack(values).cpu().double().numpy()
        self._points += 1
        if self._points == 2 and thread_time() - begun > SMALL:
            torch.set_num_threads(self._threads)
        return np.average(table, axis=0, weights=counts)

    def _renew(self) -> None:
        """Set the statistics to their mean over the batches: momentum None is PyTorch's own way."""
        for each in self.normalised:
            each.reset_running_stats()
            each.momentum, each.training = None, True
        for batch in self._batches:
            self._measures[0](self._module, batch)
        for each in self.normalised:
            each.training = False


def _has_statistics(module: Module) -> bool:
    normalises = isinstance(module, torch.nn.modules.batchnorm._BatchNorm)
    return normalises and module.running_mean is not None
