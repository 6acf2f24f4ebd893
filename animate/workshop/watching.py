"""Saves in the folders of the scenes, however an editor makes them."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from animate.workshop.workshop import Workshop

_STEP = 15
"""Milliseconds in which one save may come in several changes."""
_MOST = 120
"""Milliseconds after which changes are told though more of them come."""
_LOOK = 500
"""Milliseconds between two looks whether there are other folders to watch."""


def watch(workshop: Workshop, over: Event) -> None:
    """Tell the workshop of every save, until it is `over`. Folders are watched, not files, since
    many editors put a new file in the place of the old one."""
    while not over.is_set():
        for paths in _changes(workshop, over):
            workshop.saved(paths)


def _changes(workshop: Workshop, over: Event) -> Iterator[set[Path]]:
    """The files that have changed, all that changed at once together, until it is over or other
    folders are to be watched."""
    from watchfiles import watch as changes

    folders = workshop.folders()
    there = [each for each in folders if each.is_dir()]
    for found in changes(
        *there,
        watch_filter=None,
        step=_STEP,
        debounce=_MOST,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        recursive=False,
        ignore_permission_denied=True,
    ):
        if found:
            yield {Path(path).resolve() for _, path in found}
        if over.is_set() or workshop.folders() != folders:
            return
