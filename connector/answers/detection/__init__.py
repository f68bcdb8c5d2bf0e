"""How the response fields of a stream are found: statistics over its frames, with a few known shapes to help."""
