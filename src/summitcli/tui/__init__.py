"""The full-screen browser of a schedule, with the library Textual.

Only ``summit browse`` imports this package.
"""
