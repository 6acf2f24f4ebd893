"""The memory of the machine, or of its container where that has less."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_UNLIMITED = 1 << 60
_CGROUPS, _OWN_GROUP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def available_memory() -> float:
    """Bytes of memory that the machine has, or its container where that has less."""
    limits = [float(_UNLIMITED)]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        limits.append(float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE"))
    for file in _limiting():
        limits.extend(_limit(file))
    return min(limits)


def _limiting() -> Iterator[Path]:
    """The files that may hold a limit: those of the process's cgroup and of all above it."""
    roots = {"": (_CGROUPS, "memory.max"), "memory": (_CGROUPS / "memory", "memory.limit_in_bytes")}
    groups = [(kind, "/") for kind in roots]
    with suppress(OSError):
        for line in _OWN_GROUP.read_text().splitlines():
            _, kinds, group = line.split(":", 2)
            groups += [(kind, group) for kind in kinds.split(",") if kind in roots]
    for kind, group in groups:
        root, name = roots[kind]
        place = root / group.strip("/")
        above = [folder for folder in place.parents if folder.is_relative_to(root)]
        yield from (folder / name for folder in (place, *above))


def _limit(file: Path) -> Iterator[float]:
    """The number in a cgroup's file; none where there is no such file, or no limit."""
    try:
        text = file.read_text().strip()
    except OSError:
        return
    if text.isdigit():
        yield float(text)
