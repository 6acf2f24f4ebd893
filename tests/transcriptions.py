"""The optimizer table once more, in plain NumPy and float64, straight from the formulas.

Each function takes a gradient function, a start, a learning rate and a number of steps, and gives
the positions [step + 1, 2]. Nothing here knows the program.
"""

import numpy as np


def _walk(step, start, steps):
    place, path = np.array(start, float), [np.array(start, float)]
    for t in range(1, steps + 1):
        place = step(place, t)
        path.append(place.copy())
    return np.array(path)


def sgd(g, start, eta, steps):
    return _walk(lambda th, _: th - eta * g(th), start, steps)


def momentum(g, start, eta, steps, gamma=0.9):
    v = np.zeros(2)

    def step(th, t):
        nonlocal v
        v = gamma * v + eta * g(th)
        return th - v

    return _walk(step, start, steps)


def nesterov(g, start, eta, steps, gamma=0.9):
    v = np.zeros(2)

    def step(th, t):
        nonlocal v
        v = gamma * v + eta * g(th - gamma * v)
        return th - v

    return _walk(step, start, steps)


def adagrad(g, start, eta, steps, eps=1e-8):
    total = np.zeros(2)

    def step(th, t):
        nonlocal total
        total = total + g(th) ** 2
        return th - eta * g(th) / (np.sqrt(total) + eps)

    return _walk(step, start, steps)


def rmsprop(g, start, eta, steps, rho=0.9, eps=1e-8):
    mean = np.zeros(2)

    def step(th, t):
        nonlocal mean
        mean = rho * mean + (1 - rho) * g(th) ** 2
        return th - eta * g(th) / np.sqrt(mean + eps)

    return _walk(step, start, steps)


def adadelta(g, start, eta, steps, rho=0.9, eps=1e-6):
    squares, moves = np.zeros(2), np.zeros(2)

    def step(th, t):
        nonlocal squares, moves
        squares = rho * squares + (1 - rho) * g(th) ** 2
        delta = -np.sqrt(moves + eps) / np.sqrt(squares + eps) * g(th)
        moves = rho * moves + (1 - rho) * delta**2
        return th + eta * delta

    return _walk(step, start, steps)


def _moments(g, b1, b2):
    m, v = np.zeros(2), np.zeros(2)

    def after(th):
        nonlocal m, v
        m = b1 * m + (1 - b1) * g(th)
        v = b2 * v + (1 - b2) * g(th) ** 2
        return m, v

    return after


def adam(g, start, eta, steps, b1=0.9, b2=0.999, eps=1e-8):
    after = _moments(g, b1, b2)

    def step(th, t):
        m, v = after(th)
        return th - eta * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)

    return _walk(step, start, steps)


def adamax(g, start, eta, steps, b1=0.9, b2=0.999, eps=1e-8):
    m, u = np.zeros(2), np.zeros(2)

    def step(th, t):
        nonlocal m, u
        m = b1 * m + (1 - b1) * g(th)
        u = np.maximum(b2 * u, np.abs(g(th)))
        return th - eta / (1 - b1**t) * m / (u + eps)

    return _walk(step, start, steps)


def nadam(g, start, eta, steps, b1=0.9, b2=0.999, eps=1e-8):
    after = _moments(g, b1, b2)

    def step(th, t):
        m, v = after(th)
        ahead = b1 * m / (1 - b1 ** (t + 1)) + (1 - b1) * g(th) / (1 - b1**t)
        return th - eta * ahead / (np.sqrt(v / (1 - b2**t)) + eps)

    return _walk(step, start, steps)


def amsgrad(g, start, eta, steps, b1=0.9, b2=0.999, eps=1e-8):
    after, largest = _moments(g, b1, b2), np.zeros(2)

    def step(th, t):
        nonlocal largest
        m, v = after(th)
        largest = np.maximum(largest, v / (1 - b2**t))
        return th - eta * (m / (1 - b1**t)) / (np.sqrt(largest) + eps)

    return _walk(step, start, steps)


def adamw(g, start, eta, steps, b1=0.9, b2=0.999, eps=1e-8, decay=1e-4):
    after = _moments(g, b1, b2)

    def step(th, t):
        m, v = after(th)
        scaled = (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
        return th - eta * (scaled + decay * th)

    return _walk(step, start, steps)


def lion(g, start, eta, steps, b1=0.9, b2=0.99, decay=1e-3):
    m = np.zeros(2)

    def step(th, t):
        nonlocal m
        sign = np.sign(b1 * m + (1 - b1) * g(th))
        m = b2 * m + (1 - b2) * g(th)
        return th - eta * (sign + decay * th)

    return _walk(step, start, steps)


def rprop(g, start, eta, steps, eta_minus=0.5, eta_plus=1.2, least=1e-6, most=50.0):
    size, decided = np.full(2, eta), np.zeros(2)

    def step(th, t):
        nonlocal size, decided
        made, turned = decided, decided * g(th)
        grown = np.where(turned > 0, size * eta_plus, size * eta_minus)
        size = np.where(turned == 0, size, np.clip(grown, least, most))
        decided = np.where(turned < 0, 0.0, size * np.sign(g(th)))
        return th - np.where(turned < 0, 0.0, made)

    return _walk(step, start, steps)


def hessian(g, place):
    """The derivative of an analytic gradient, by a complex step: exact to rounding."""
    return np.stack([np.imag(g(place + 1e-30j * axis)) / 1e-30 for axis in np.eye(2)], axis=1)


def newton(g, start, eta, steps, damping=0.0):
    return _walk(
        lambda th, _: th - eta * np.linalg.inv(hessian(g, th) + damping * np.eye(2)) @ g(th),
        start,
        steps,
    )


def saddle_free_newton(g, start, eta, steps, damping=1e-3):
    def step(th, _):
        values, vectors = np.linalg.eig(hessian(g, th))
        size = vectors @ np.diag(abs(values) + damping) @ np.linalg.inv(vectors)
        return th - eta * np.linalg.solve(size, g(th))

    return _walk(step, start, steps)


def sam(g, start, eta, steps, rho=0.05):
    def step(th, _):
        slope = g(th)
        return th - eta * g(th + rho * slope / np.sqrt(slope @ slope))

    return _walk(step, start, steps)


def gradient_flow(g, start, eta, steps):
    from scipy.integrate import solve_ivp

    times = eta * np.arange(steps + 1)
    solution = solve_ivp(
        lambda _, th: -g(th), (0, times[-1]), start, "LSODA", times, rtol=1e-12, atol=1e-14
    )
    return solution.y.T
