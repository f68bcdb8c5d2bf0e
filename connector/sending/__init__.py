"""The way out: who may be reached, over which connections, how often, and what fails on the way."""
