"""Whole schedules as text: one function a format, ``(schedule) -> str``."""
