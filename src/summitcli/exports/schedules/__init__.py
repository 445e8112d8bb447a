"""Whole schedules as text: one function per format, ``(parsed) -> Iterator[str]``.

The functions yield the text in pieces, which are joined without anything between them.
"""
