"""A file appears whole or not at all: it is made in a hidden folder beside its place, then moved.

A killed process leaves its hidden folder behind; the next run beside it removes it. Whether a
folder is in use shows in a lock that the system drops with the process: process numbers may be
taken again, and differ between containers.
"""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from animate.errors import AnimateError, UsageError
from animate.writers.places import real_place

if sys.platform != "win32":
    import fcntl

PREFIX = ".animate-"
"""How the name of a hidden folder begins."""
SUFFIX = ".part"
"""How the name of a hidden folder ends."""


class Staging:
    """A hidden folder beside `target`; `commit` moves what was made in it to its place.

    Raises UsageError when the target cannot be written: a folder, a device, no permission.
    """

    def __init__(self, target: Path) -> None:
        self.target, self._parents = _writable(target)
        self.folder = self._fresh()
        self.path = self.folder / self.target.name
        self._placed: list[tuple[Path, Path | None]] = []

    def _fresh(self) -> Path:
        beside = self.target.parent
        sweep(beside)
        try:
            while True:
                folder = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=beside))
                with suppress(BlockingIOError, FileNotFoundError):
                    self._lock = _lock(folder)
                    if folder.exists():
                        return folder
                    self._unlock()
                # Another run's sweep came between the making and the locking: once more.
        except OSError as error:
            raise UsageError(f"{self.target}: cannot write here: {error.strerror}") from error

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def size(self) -> int:
        """The bytes written so far."""
        return sum(made.stat().st_size for made in self.folder.iterdir())

    def commit(self) -> None:
        """Put every file of the folder in its place; each one appears at once.

        What was there keeps its permissions, and comes back where the context ends in an error. A
        link stays and its file is replaced; a numbered file replaces the link itself.
        Raises AnimateError where nothing was made or a place was taken meanwhile.
        """
        made = sorted(self.folder.iterdir())
        if not made:
            raise AnimateError(f"{self.target}: could not be written: nothing was made")
        kept = Path(tempfile.mkdtemp(dir=self.folder))
        for each in made:
            place = self.target.parent / each.name
            before = _second_name(place, kept / each.name)
            try:
                with suppress(OSError):
                    each.chmod(stat.S_IMODE(place.stat().st_mode))
                self._placed.append((place, before))
                each.replace(place)
            except OSError as error:
                self._placed.pop()
                raise AnimateError(f"{place}: could not be written: {error.strerror}") from error

    def _take_back(self) -> None:
        """Give every place what it had before, as far as that was kept."""
        for place, before in reversed(self._placed):
            with suppress(OSError):
                if before is not None and (before.is_symlink() or before.exists()):
                    before.replace(place)
                elif before is None:
                    place.unlink()

    def __enter__(self) -> "Staging":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._take_back()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._unlock()
        for parent in self._parents:
            with suppress(OSError):  # files were written there
                parent.rmdir()


@contextmanager
def swept(targets: Iterable[Path]) -> Generator[None]:
    """A context in which other processes write the targets, and may be killed on the way."""
    folders = {target.parent for target in targets}
    made = [each for folder in folders for each in (folder, *folder.parents) if not each.exists()]
    try:
        yield
    finally:
        for folder in folders:
            sweep(folder)
        for folder in sorted(made, key=lambda each: len(each.parts), reverse=True):
            with suppress(OSError):  # files were written there
                folder.rmdir()


def sweep(beside: Path) -> None:
    """Remove the hidden folders that killed runs left in `beside`."""
    for folder in beside.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            lock = _lock(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _second_name(place: Path, name: Path) -> Path | None:
    """`name`, given to what is at `place` as far as the system can; None where nothing is."""
    if not os.path.lexists(place):
        return None
    with suppress(OSError, NotImplementedError):  # a file system without second names, or a folder
        os.link(place, name, follow_symlinks=False)
    return name


def _lock(folder: Path) -> int | None:
    """A descriptor that holds `folder` until it is closed; None where there are no such locks.

    Without locks it cannot be known which runs are alive, and nothing is swept.
    Raises BlockingIOError when another process holds it.
    """
    if sys.platform == "win32":
        return None
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # a FIFO would block
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise
    except OSError:
        os.close(lock)
        return None
    return lock


def _writable(target: Path) -> tuple[Path, list[Path]]:
    """The real place of `target`, and the folders that were made for it, the innermost first."""
    place = real_place(target)
    missing = [folder for folder in place.parents if not folder.exists()]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{target}: its folder cannot be made: {error.strerror}; name a file elsewhere"
        ) from error
    return place, missing
