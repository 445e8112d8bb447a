"""Whole schedules as text: one function per format, ``(parsed) -> Iterator[str]``."""
