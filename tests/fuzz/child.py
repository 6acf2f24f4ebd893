"""One reader in a process whose memory is bounded: `child.py READER FOLDER SEED SECONDS`.

What a reader does not end well with, or takes more than SLOW seconds for, is written into FOLDER,
and told on standard output; the last line is the number of files that were tried.
"""

import resource
import sys
import time
import traceback
import warnings
from hashlib import sha256
from pathlib import Path

from animate.errors import UsageError
from tests.fuzz.mutations import mutated
from tests.fuzz.readers import CORPUS, READERS, ending

SLOW = 2.0
"""Seconds that reading a small file may take."""
ROOM = 200_000_000
"""Bytes of memory beside those of the process that has read the corpus."""


def trouble(reader: str, path: Path) -> str:
    """What is wrong with how the file is read; empty where nothing is."""
    begun = time.perf_counter()
    try:
        READERS[reader](path)
    except UsageError:
        pass
    except Exception:
        return traceback.format_exc()
    took = time.perf_counter() - begun
    return f"it took {took:.1f} s" if took > SLOW else ""


def main(reader: str, folder: Path, seed: int, seconds: float) -> None:
    """Read mutations until the time is over."""
    warnings.simplefilter("ignore")
    parents = [path.read_bytes() for path in sorted((CORPUS / reader).iterdir())]
    path, tried = folder / f"file{ending(reader)}", 0
    for parent in parents:  # what is imported, and compiled, once
        path.write_bytes(parent)
        trouble(reader, path)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, used + ROOM))
    until = time.monotonic() + seconds
    for data in mutated(parents, seed):
        if time.monotonic() > until:
            break
        path.write_bytes(data)
        tried += 1
        if found := trouble(reader, path):
            name = folder / f"{reader}-{sha256(data).hexdigest()[:8]}{ending(reader)}"
            name.write_bytes(data)
            print(f"{name}:\n{found}", flush=True)
    print(tried)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
