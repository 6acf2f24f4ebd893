"""The program for programs: what `import animate` offers. Nothing here changes a global setting."""

from animate.api.functions import describe, read, render, scene, trace
from animate.api.held import Scene
from animate.api.widget import Widget

__all__ = ["Scene", "Widget", "describe", "read", "render", "scene", "trace"]
