"""PyTorch, imported when it is first used, and untyped: it is no dependency of this program."""

from typing import Any

from animate._lazy import lazy

torch: Any = lazy("torch")

Module = Any
"""A torch.nn.Module."""
Tensor = Any
Batch = Any
"""What a loader gives: tensors, or tuples, lists and mappings of them."""
