"""Expressions: a source followed by operators, as plain JSON. A closed list of operators, never code (P31)."""
