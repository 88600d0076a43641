"""What an error of the wire means: whose turn it is, in a sentence, and whether time may help."""

from dspy import lm15

from dayloom.infra.errors import DayloomError, Invalid
from dayloom.infra.outbound import TooLarge
from dayloom.language.program.execution import Failure

BAD_REQUEST, NO_SUCH_ADDRESS = 400, 404
LONGEST_SAYING = 200


class Trouble(lm15.ProviderError):
    """A request has failed. `retry_after` is what the server asks for, in seconds."""

    def __init__(
        self, failure: Failure, sentence: str, *, retry_after: float | None = None
    ) -> None:
        super().__init__(sentence, retry_after=retry_after)
        self.failure = failure
        self.sentence = sentence


def diagnose(error: lm15.LM15Error, *, host: str, model: str, has_key: bool) -> Trouble:
    """Return what an error means."""
    match error:
        case Trouble():
            return error
        case lm15.TransportError():
            return _unsent(error, host)
        case lm15.ProviderError():
            return _refused(error, host=host, model=model, has_key=has_key)
    return gibberish(host)


def _refused(error: lm15.ProviderError, *, host: str, model: str, has_key: bool) -> Trouble:
    told = f" ({error.status})" if error.status else ""
    match error:
        case lm15.AuthError():
            wrong = f"{host} refused the key" if has_key else f"{host} asks for a key"
            return Trouble(Failure.REFUSED, f"{wrong}{told}.")
        case lm15.BillingError():
            return Trouble(Failure.BILLING, f"The account at {host} has no credit left{told}.")
        case lm15.RateLimitError():
            words = f"{host} takes no more questions for the moment{told}."
            return Trouble(Failure.RATE_LIMITED, words, retry_after=error.retry_after)
        case lm15.ServerError() | lm15.TimeoutError():
            words = f"The model server at {host} failed{told}."
            return Trouble(Failure.SERVER_ERROR, words, retry_after=error.retry_after)
        case lm15.ProviderError() if (error.status or 0) >= BAD_REQUEST:
            return Trouble(Failure.REFUSED, _invalid(error, host, model))
    return gibberish(host)


def _invalid(error: lm15.ProviderError, host: str, model: str) -> str:
    if isinstance(error, lm15.ContextLengthError):
        return f"The question is longer than what {model} reads at once."
    if isinstance(error, lm15.UnsupportedModelError) or error.status == NO_SUCH_ADDRESS:
        return f"{host} has no model {model}, or this is not the address of its API (404)."
    saying = " ".join(error.message.partition("\n\n")[0].split())[:LONGEST_SAYING].rstrip(".")
    return f"{host} refused the request ({error.status}): {saying or 'it does not say why'}."


def _unsent(error: lm15.TransportError, host: str) -> Trouble:
    """Tell what the outbound door had said, which is among the causes."""
    match _reason(error):
        case TooLarge() as reason:
            return Trouble(Failure.UNREADABLE, str(reason))
        case Invalid() as reason:
            return Trouble(Failure.REFUSED, str(reason))
        case DayloomError() as reason:
            return Trouble(Failure.UNREACHABLE, str(reason))
    return gibberish(host)  # what came was no event stream


def _reason(error: BaseException | None) -> DayloomError | None:
    while error is not None and not isinstance(error, DayloomError):
        error = error.__cause__ or error.__context__
    return error


def gibberish(host: str) -> Trouble:
    """Return what it means that an answer cannot be taken apart."""
    return Trouble(
        Failure.UNREADABLE,
        f"What {host} answers is not the OpenAI protocol: is the address right?",
    )
