"""Pages: what a person sees and does in a browser."""

from dayloom.web.mounting import failure, install
from dayloom.web.speaking import Speaking

__all__ = ["Speaking", "failure", "install"]
