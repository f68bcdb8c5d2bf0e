"""Documents drawn: pages as HTML, their tree as rows, and both in pieces that cost what has changed."""
