"""Pages: what a person sees and does in a browser."""

from dayloom.web.mounting import failure, install

__all__ = ["failure", "install"]
