"""What all tests share: code that JAX has compiled is kept from one run of the tests to the next.

The workers of a run and the processes that tests start have one cache, in the user's cache folder;
whoever has set up a cache of their own keeps theirs.
"""

import os

from platformdirs import user_cache_path

os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(user_cache_path("animate") / "tests"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
