"""The grid of a schedule: sessions by day, or rooms by hour."""
