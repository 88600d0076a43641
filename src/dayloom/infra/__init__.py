"""Process-wide machinery: settings, database, background work, live updates, outbound HTTP."""
