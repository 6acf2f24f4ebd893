"""Three small modules with their data, trained for a few steps by PyTorch alone."""

from animate.torch.library import torch

QUIET = {"resolution": 5, "progress": False}


def criterion():
    return torch.nn.CrossEntropyLoss()


def data(kind):
    random = torch.Generator().manual_seed(3)
    targets = torch.arange(24) % 3
    inputs = {
        "mlp": (24, 4),
        "cnn": (24, 1, 6, 6),
    }
    if kind == "transformer":
        return torch.randint(0, 7, (24, 5), generator=random), targets
    return torch.randn(inputs[kind], generator=random) + targets.reshape(
        -1, *[1] * (len(inputs[kind]) - 1)
    ), targets


def loader(kind, size=10):
    """Batches of unequal sizes: 10, 10 and 4."""
    inputs, targets = data(kind)
    return [(inputs[k : k + size], targets[k : k + size]) for k in range(0, 24, size)]


def module(kind):
    nn = torch.nn
    torch.manual_seed(1)
    if kind == "mlp":
        return nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Dropout(0.2), nn.Linear(6, 3))
    if kind == "cnn":
        return nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(64, 3)
        )
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    return nn.Sequential(nn.Embedding(7, 8), layer, nn.LayerNorm(8), nn.Flatten(), nn.Linear(40, 3))


def trained(kind, steps=8, rate=0.1, each=None):
    """A module and the state_dicts of every step, the start included; `each` is called after it."""
    net = module(kind)
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    states = [copied(net)]
    batches = loader(kind)
    for step in range(steps):
        inputs, targets = batches[step % 2]
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(inputs), targets).backward()
        optimizer.step()
        states.append(copied(net))
        if each is not None:
            each()
    return net, states


def copied(net):
    return {name: value.clone() for name, value in net.state_dict().items()}


def accuracy(net, batch):
    return (net(batch[0]).argmax(dim=1) == batch[1]).float().mean()
