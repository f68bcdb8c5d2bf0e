"""Live pages: what a page shows is sent to its browser as differences, over one socket."""
