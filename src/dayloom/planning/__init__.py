"""The planning core: pure functions from a `Problem` to a `Plan`. No I/O, no clock, no globals."""
