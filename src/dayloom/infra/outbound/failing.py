"""What a failed request means, in a sentence that says whose turn it is."""

import httpcore2
import httpx2

from dayloom.infra.connecting import unreachable
from dayloom.infra.errors import Invalid, Unavailable

MIB = 1 << 20
ERRORS = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpcore2.NetworkError,
    httpcore2.TimeoutException,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)


class TooLarge(Invalid):
    """An answer is larger than what is taken."""

    def __init__(self, host: str, limit_bytes: int) -> None:
        super().__init__(
            f"What {host} sends is larger than {limit_bytes / MIB:g} MiB.", field="url"
        )


def sentence(host: str, error: Exception) -> Invalid | Unavailable:
    """Say what went wrong, so that a person knows whose turn it is."""
    if isinstance(error, httpx2.TooManyRedirects):
        return Invalid(f"{host} redirects in a circle.", field="url")
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return Invalid(f"{host} redirects to something that is no web address.", field="url")
    if isinstance(error, httpx2.DecodingError):
        return Unavailable(f"What {host} sent cannot be unpacked.")
    if isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException):
        return Unavailable(f"{host} does not answer.")
    if isinstance(error, httpx2.ProtocolError | httpcore2.ProtocolError):
        return Unavailable(f"{host} broke off in the middle, or does not speak HTTP.")
    return unreachable(host, error)
