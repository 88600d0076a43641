"""The one door to other servers: addresses checked at the connection, sizes and time bounded."""

from dayloom.infra.outbound.exchange import Answer, Answering, Exchange, Exchanging, Sent
from dayloom.infra.outbound.failing import TooLarge
from dayloom.infra.outbound.fetching import Fetched, fetch

__all__ = ["Answer", "Answering", "Exchange", "Exchanging", "Fetched", "Sent", "TooLarge", "fetch"]
