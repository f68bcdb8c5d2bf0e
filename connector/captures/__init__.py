"""Answers that were written down: initialized, imported, looked at, compared and played again."""
