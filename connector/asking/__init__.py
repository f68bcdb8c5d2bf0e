"""Requests: from a call's document and its values to what is sent to a service. Pure."""
