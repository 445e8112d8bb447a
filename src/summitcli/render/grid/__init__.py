"""The picture of ``summit grid``: sessions by day, or rooms by hour."""
