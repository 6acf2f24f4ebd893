"""Networks in NumPy and double precision, written down a second time to check the program's own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Examples = tuple[np.ndarray, np.ndarray]


def digits(samples: int, test: float, seed: int = 0) -> tuple[Examples, Examples]:
    """Training and held-out examples of scikit-learn's digits, as the program draws them."""
    from sklearn.datasets import load_digits

    pixels, labels = load_digits(return_X_y=True)
    order = np.random.default_rng([seed, *b"split"]).permutation(len(pixels))[:samples]
    pixels, labels, held_out = pixels[order] / 16.0, labels[order], round(samples * test)
    pixels = pixels - pixels[held_out:].mean(axis=0)
    return (pixels[held_out:], labels[held_out:]), (pixels[:held_out], labels[:held_out])


@dataclass(frozen=True)
class Net:
    """A multilayer perceptron with layers of `sizes`; a vector holds W [out, in], b of each."""

    sizes: Sequence[int]
    activation: str = "relu"
    residual: bool = False

    @property
    def parameters(self) -> int:
        return sum(a * b + b for a, b in zip(self.sizes[:-1], self.sizes[1:], strict=True))

    def layers(self, vector: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        made, place = [], 0
        for fan_in, fan_out in zip(self.sizes[:-1], self.sizes[1:], strict=True):
            weight = vector[place : place + fan_in * fan_out].reshape(fan_out, fan_in)
            place += fan_in * fan_out
            made.append((weight, vector[place : place + fan_out]))
            place += fan_out
        assert place == len(vector)
        return made

    def logits(self, vector: np.ndarray, inputs: np.ndarray) -> np.ndarray:
        x = inputs
        *inner, (weight, bias) = self.layers(np.asarray(vector, np.float64))
        for w, b in inner:
            new = self._bend(x @ w.T + b)[0]
            x = x + new if self.residual and new.shape == x.shape else new
        return x @ weight.T + bias

    def losses(self, vector: np.ndarray, examples: Examples) -> np.ndarray:
        """−log softmax(logits)[target] of each example."""
        inputs, targets = examples
        logits = self.logits(vector, inputs)
        top = logits.max(axis=1)
        total = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
        return total - logits[np.arange(len(targets)), targets]

    def loss(self, vector: np.ndarray, examples: Examples) -> float:
        return float(self.losses(vector, examples).mean())

    def accuracy(self, vector: np.ndarray, examples: Examples) -> float:
        inputs, targets = examples
        return float((self.logits(vector, inputs).argmax(axis=1) == targets).mean())

    def slope(self, vector, examples: Examples, along=None) -> tuple[np.ndarray, np.ndarray]:
        """The gradient, and the Hessian times `along`, by hand (Pearlmutter 1994)."""
        (x, targets), layers = examples, self.layers(np.asarray(vector, np.float64))
        along = np.zeros(len(vector)) if along is None else along
        ways = self.layers(np.asarray(along, np.float64))
        here, moves, seen = x, np.zeros_like(x), []
        for k, ((w, b), (v, c)) in enumerate(zip(layers, ways, strict=True)):
            z, r = here @ w.T + b, moves @ w.T + here @ v.T + c
            value, first, second = self._bend(z) if k < len(layers) - 1 else (z, 1.0, 0.0)
            skip = self.residual and k < len(layers) - 1 and value.shape == here.shape
            seen.append((here, moves, first, second, r, skip))
            here, moves = value + (here if skip else 0.0), first * r + (moves if skip else 0.0)
        chances = np.exp(here - here.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        back = (chances - np.eye(here.shape[1])[targets]) / len(x)
        turn = chances * (moves - (chances * moves).sum(axis=1, keepdims=True)) / len(x)
        gradient, product = [], []
        for k in range(len(layers) - 1, -1, -1):
            here, moves, first, second, r, skip = seen[k]
            past, on = (back, turn) if skip else (0.0, 0.0)
            back, turn = back * first, turn * first + back * second * r
            gradient = [(back.T @ here).ravel(), back.sum(axis=0), *gradient]
            product = [(turn.T @ here + back.T @ moves).ravel(), turn.sum(axis=0), *product]
            back, turn = (
                back @ layers[k][0] + past,
                turn @ layers[k][0] + back @ ways[k][0] + on,
            )
        return np.concatenate(gradient), np.concatenate(product)

    def sharpness(self, vector: np.ndarray, examples: Examples) -> float:
        """The largest eigenvalue of the Hessian, by ARPACK."""
        from scipy.sparse.linalg import LinearOperator, eigsh

        size = len(vector)
        product = LinearOperator(
            (size, size), matvec=lambda v: self.slope(vector, examples, v.ravel())[1]
        )
        start = np.random.default_rng(0).normal(size=size)
        return float(eigsh(product, 1, which="LA", v0=start, tol=1e-6)[0][0])

    def directions(self, vector: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """Two random directions whose rows have the weights' rows' norms (Li et al. 2018)."""
        two = []
        for _ in range(2):
            pieces = []
            for weight, bias in self.layers(np.asarray(vector, np.float64)):
                noise = generator.normal(size=weight.shape)
                lengths = (np.linalg.norm(each, axis=1) for each in (weight, noise))
                pieces += [(noise.T * np.divide(*lengths)).T.ravel(), np.zeros(len(bias))]
            two.append(np.concatenate(pieces))
        return np.stack(two)

    def _bend(self, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The activation and its first two derivatives."""
        if self.activation == "relu":
            return np.maximum(z, 0.0), (z > 0).astype(float), np.zeros_like(z)
        value = np.tanh(z)
        first = 1 - value**2
        return value, first, -2 * value * first
