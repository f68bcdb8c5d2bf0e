"""Draws documents: pages as HTML, their tree as rows, and both in pieces, so that the cost depends only on what
changed."""
