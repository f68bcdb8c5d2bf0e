"""The practice API: imitations of vendors' streams, so that building and testing need neither a key nor internet
access."""
