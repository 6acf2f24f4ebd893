"""Optional dependencies, the extra `networks`: needed only by scenes with networks."""

from importlib.util import find_spec

from animate.errors import UsageError


def require(module: str, purpose: str) -> str:
    """The file of the installed `module`, which is not imported.

    Raises UsageError with the pip command where it is not installed; `purpose` says what needs it.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise UsageError(
            f"{purpose} needs {module.replace('sklearn', 'scikit-learn')}, which is not installed: "
            "pip install 'animate-optimization[networks]'"
        )
    return spec.origin
