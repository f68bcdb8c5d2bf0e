"""How the response fields of a stream are found: statistics over its frames, helped by a few known formats."""
