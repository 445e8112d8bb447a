"""The terminal output of ``summit grid``: sessions by day, or rooms by hour."""
