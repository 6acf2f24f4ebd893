"""From a scene to its solution: one source for each kind of scene."""
