"""From the bytes of a feed to occurrences: pure, bounded, and never stopped by one bad event."""
