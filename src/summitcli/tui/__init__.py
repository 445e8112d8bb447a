"""The full-screen browser of a schedule (``summit browse``), made with the library Textual.

Only ``summit browse`` imports this package.
"""
