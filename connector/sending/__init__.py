"""Sending requests: who may be reached, over which connections, how often, and what can fail on the way."""
