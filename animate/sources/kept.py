"""Whether what is computed can be kept."""

import warnings

from animate.errors import Remark
from animate.files import cache_folder, why_unwritable


def remark_cache() -> None:
    """Remark on a folder of results that cannot be written: nothing is kept then."""
    folder = cache_folder()
    if folder is not None and (why := why_unwritable(folder)):
        warnings.warn(
            f"{folder} cannot be written ({why}): nothing that is computed is kept; choose another "
            "folder by ANIMATE_CACHE",
            Remark,
            stacklevel=2,
        )
