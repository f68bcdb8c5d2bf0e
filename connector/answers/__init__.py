"""What comes back: from an answer's bytes to frames, and from frames to the fields of a live stream."""
