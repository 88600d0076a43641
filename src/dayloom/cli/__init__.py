"""The command line: `dayloom`, over the same services as everything else."""

from dayloom.cli.app import main

__all__ = ["main"]
