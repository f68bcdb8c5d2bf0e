"""Expressions: a source followed by operators, as plain JSON. The operators are a closed list, never code (P31)."""
