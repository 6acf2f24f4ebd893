"""The program for programs: what `import animate` offers. Nothing here changes a global setting."""

from animate.api.functions import describe, read, render, scene, trace
from animate.api.held import Scene

__all__ = ["Scene", "describe", "read", "render", "scene", "trace"]
