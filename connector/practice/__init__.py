"""The practice API: vendors' streams imitated here, so that building and testing need neither key nor internet."""
