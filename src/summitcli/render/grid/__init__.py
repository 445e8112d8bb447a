"""The picture of a schedule: days beside sessions, or hours beside rooms."""
