"""Takes the values of response fields out of frames: selectors compiled once, run on every frame."""

from connector.paths import compile_path

__all__ = ["compile_path"]
