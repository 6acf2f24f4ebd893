"""Checkpoints while a module is trained, in a plain loop or by Lightning."""

from __future__ import annotations

import re
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

from animate.errors import UsageError
from animate.torch.landscape import landscape
from animate.torch.library import Module, torch

_MOST = 400
"""Checkpoints that are kept: once there are more, every second one goes."""


class Recorder:
    """Keeps the weights of `module`, and its buffers, in `folder`/`name` after every `every` steps.

    In a plain loop `step()` is called after each update of the optimizer; Lightning takes it among
    its callbacks. A checkpoint is a state_dict as torch.save writes it, of weights alone. `first`
    is the number of updates before: 0, or where a run that was stopped goes on; what was recorded
    after it is deleted. Of a long run every second checkpoint is deleted once there are more than
    400, so that `every` doubles. Of several processes the first one records. Raises UsageError
    where the folder has another run.
    """

    def __init__(
        self,
        module: Module,
        *,
        every: int = 10,
        folder: str | PathLike[str] = "run",
        name: str = "run",
        first: int = 0,
    ) -> None:
        if every < 1:
            raise UsageError(f"every: must be at least 1, got {every}")
        self.name, self.every = name, every
        self._module, self._step = module, first
        self._folder, self._out = Path(folder) / name, Path(folder)
        there = self._numbered()
        if there and not first:
            raise UsageError(
                f"{self._folder} has the checkpoints of another run; delete it or choose another "
                "folder or name, or, where that run goes on, say first=, the updates before"
            )
        for number, file in there.items():
            if number > first:
                file.unlink()
        self._save(first)

    @property
    def checkpoints(self) -> list[Path]:
        """The files, in the order of their steps."""
        return [file for _, file in sorted(self._numbered().items())]

    def step(self) -> None:
        """One more update has been made: its weights are kept if it is their turn."""
        self._reached(self._step + 1)

    def landscape(self, loss: Any, loader: Any, **options: Any) -> Path:
        """`animate.torch.landscape` around this run, into the recorder's folder."""
        options = {"checkpoints": self, "out": self._out} | options
        return landscape(self._module, loss, loader, **options)

    def _reached(self, step: int) -> None:
        turn = step // self.every > self._step // self.every
        self._step = step
        if turn:
            self._save(step)

    # What Lightning calls of every callback; it looks for the names, not for a class.

    @property
    def state_key(self) -> str:
        """What Lightning keeps a callback's state under; a recorder has none."""
        return f"animate.torch.Recorder.{self.name}"

    def on_train_batch_end(self, trainer: Any, *_: object) -> None:
        """Lightning's hook: its number of updates stands for `step`."""
        self._reached(trainer.global_step)

    def state_dict(self) -> dict[str, Any]:
        """Nothing: what is recorded is in the folder."""
        return {}

    def _ignored(self, *_: object, **__: object) -> None:
        """The hooks of Lightning in which nothing is to do."""

    setup = teardown = load_state_dict = on_save_checkpoint = on_load_checkpoint = _ignored

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("on_"):
            return self._ignored
        raise AttributeError(f"a Recorder has no attribute {name!r}")

    def _save(self, step: int) -> None:
        distributed = torch.distributed
        if distributed.is_available() and distributed.is_initialized() and distributed.get_rank():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        state = {name: each.detach().cpu() for name, each in self._module.state_dict().items()}
        part = self._folder / "part"
        torch.save(state, part)
        part.replace(self._folder / f"{step:08d}.pt")
        if len(files := self._numbered()) > _MOST:
            self.every *= 2
            for number, file in files.items():
                if number % self.every:
                    file.unlink()

    def _numbered(self) -> dict[int, Path]:
        found = self._folder.glob("*.pt")
        return {int(each.stem): each for each in found if re.fullmatch(r"\d+", each.stem)}
