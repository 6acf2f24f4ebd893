"""The libraries of the extra `networks`, asked for when a scene needs them."""

from importlib.util import find_spec

from animate.errors import UsageError


def require(module: str, purpose: str) -> str:
    """Where `module` is installed, without importing it. Raises UsageError with the pip line."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise UsageError(
            f"{purpose} needs {module.replace('sklearn', 'scikit-learn')}, which is not installed: "
            "pip install 'animate-optimization[networks]'"
        )
    return spec.origin
