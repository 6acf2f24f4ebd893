"""What `--cluster` names: workers of this machine, or a scheduler of dask.distributed."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from animate.errors import UsageError

_LOCAL, _MOST = "local", 1024
_SCHEMES = ("tcp", "tls")


@dataclass(frozen=True)
class Address:
    """The `name` as it was given; `count` workers of this machine, or a scheduler: None."""

    name: str
    count: int | None

    @property
    def safe(self) -> bool:
        """Whether nobody on the way can read or change what is sent to the scheduler."""
        return self.count is not None or is_safe(self.name)


def address_of(name: str, *, code: bool) -> Address:
    """What `--cluster` names. Raises UsageError where it names nothing, and where `code` would be
    sent over a network that others can write to."""
    address = _read(name)
    if code and not address.safe:
        raise UsageError(
            f"--cluster {name}: --allow-code sends code to workers only by tls:// or on this "
            "machine, since on a plain network others could change it on the way; set up TLS "
            "(docs/cluster.md)"
        )
    return address


def _read(name: str) -> Address:
    scheme, _, rest = name.partition(":")
    if scheme == _LOCAL and rest.isdecimal() and 1 <= int(rest) <= _MOST:
        return Address(name, int(rest))
    try:
        parts = urlsplit(name)
        if scheme in _SCHEMES and parts.hostname and parts.port and not parts.path:
            return Address(name, None)
    except ValueError:  # a port that is none, half of an IPv6 address
        pass
    raise UsageError(
        f"--cluster must be local:N, N from 1 to {_MOST}, tcp://HOST:PORT or tls://HOST:PORT, "
        f"got {name!r}"
    )


def is_safe(address: str) -> bool:
    """Whether what is sent to this address of dask's is encrypted, or stays on this machine."""
    parts = urlsplit(address)
    return parts.scheme in ("tls", "inproc") or is_here(parts.hostname or "")


def is_here(host: str) -> bool:
    """Whether the host is the loopback of this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
