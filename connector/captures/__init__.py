"""Recorded responses: initialized, imported, viewed, compared and replayed."""
