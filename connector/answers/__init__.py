"""Responses: from their bytes to frames, and from frames to the fields of a live stream."""
