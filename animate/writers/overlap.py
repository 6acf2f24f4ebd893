"""Compressing in a thread of its own while the next frame is drawn."""

import queue
import threading
from collections.abc import Callable
from types import TracebackType

from animate.errors import AnimateError
from animate.figure.clip import Clip, Frame
from animate.writers.staging import Staging
from animate.writers.writer import Writer

_WAITING = 4  # frames; more would only cost memory


class TooLargeError(AnimateError):
    """The file is larger than its limit."""


class Worker:
    """One writer in a thread of its own. `put` and `finish` raise what it raises.

    The writer is opened in the caller's thread, since it asks the clip for pictures, which must not
    be drawn in two threads. Leaving the context without `finish` abandons the file.
    """

    def __init__(self, writer: Writer, clip: Clip, staging: Staging, limit: int | None) -> None:
        self._writer, self._staging, self._limit = writer, staging, limit
        self._queue: queue.Queue[Frame | None] = queue.Queue(_WAITING)
        self._error: BaseException | None = None
        self._given_up = False
        self._thread = threading.Thread(target=self._run, name=f"write {staging.target.name}")
        try:
            self._guarded(lambda: writer.open(clip, staging.path))
        except BaseException:
            writer.abort()
            raise

    def __enter__(self) -> "Worker":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread.is_alive():
            self._given_up = True
            self._queue.put(None)
            self._thread.join()
        self._writer.abort()

    def put(self, frame: Frame) -> None:
        """Hand over the next frame, waiting while too many are queued."""
        self._queue.put(frame)
        self._raise()

    def finish(self) -> None:
        """Wait until the file is complete."""
        self._queue.put(None)
        self._thread.join()
        self._raise()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        """Take frames until the None; after a failure go on taking, so that no caller waits."""
        while (frame := self._queue.get()) is not None:
            if self._error is None and not self._given_up:
                self._attempt(frame)
        if self._error is None and not self._given_up:
            self._attempt(None)

    def _attempt(self, frame: Frame | None) -> None:
        try:
            self._guarded(lambda: self._step(frame))
        except BaseException as error:  # raised again in the caller's thread
            self._error = error

    def _step(self, frame: Frame | None) -> None:
        if frame is None:
            self._writer.close()
        else:
            self._writer.add(frame)
        if self._limit is not None and self._staging.size() > self._limit:
            raise TooLargeError(f"{self._staging.target}: is larger than {self._limit} bytes")

    def _guarded(self, step: Callable[[], None]) -> None:
        """Run `step`; an OSError, as for a full disk, is raised as AnimateError with the path."""
        try:
            step()
        except OSError as error:
            why = error.strerror or str(error)
            raise AnimateError(f"{self._staging.target}: could not be written: {why}") from error
