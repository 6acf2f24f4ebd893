"""What is told of a worker that ends before its work does."""

from animate.errors import AnimateError


class WorkerDied(AnimateError):
    """A worker's process was killed while it computed; the sentence goes on from what it made."""
