"""Why another server could not be reached, in a sentence that says whose turn it is."""

import errno
import ssl
from collections.abc import Iterator
from socket import EAI_AGAIN, gaierror

from dayloom.infra.errors import Unavailable

# OpenSSL's X509_V_ERR_*: Python knows the numbers, but has no names for them.
_NOT_YET, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64
_CERTIFICATES = {
    _NOT_YET: "The certificate of {host} is not valid yet: is the clock of this machine right?",
    _EXPIRED: "The certificate of {host} has expired: whoever runs the server must renew it.",
    _OTHER_NAME: "The certificate that {host} shows is for another server: check the address.",
    _OTHER_ADDRESS: "The certificate that {host} shows is for another server: check the address.",
}
_UNTRUSTED = "The certificate of {host} was issued by nobody whom this machine trusts."
_REASONS = {
    errno.ECONNREFUSED: "{host} refuses the connection: is the port right, is the server running?",
    errno.ECONNRESET: "{host} broke off the connection.",
    errno.EPIPE: "{host} broke off the connection.",
    errno.EHOSTUNREACH: "There is no way to {host}: is this machine online?",
    errno.ENETUNREACH: "There is no way to {host}: is this machine online?",
    errno.ETIMEDOUT: "{host} does not answer.",
}


def unreachable(host: str, error: BaseException) -> Unavailable:
    """Return what a failed connection to `host` means; the causes of an error know more."""
    for cause in _causes(error):
        if sentence := _sentence(cause):
            return Unavailable(sentence.format(host=host))
    return Unavailable(f"The connection to {host} failed.")


def _sentence(cause: BaseException) -> str | None:
    match cause:
        case ssl.SSLCertVerificationError():
            return _CERTIFICATES.get(cause.verify_code, _UNTRUSTED)
        case ssl.SSLError():
            return "{host} does not speak TLS as it should: is it really an https address?"
        case gaierror(errno=number):
            offline = "The name {host} cannot be looked up: is this machine online?"
            return offline if number == EAI_AGAIN else "There is no server named {host}."
        case UnicodeError():
            return "There is no server named {host}."
        case OSError(errno=int(number)):
            return _REASONS.get(number)
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, what it was raised from, and what is inside of groups."""
    yield error
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for cause in (*inner, error.__cause__ or error.__context__):
        if cause is not None:
            yield from _causes(cause)
