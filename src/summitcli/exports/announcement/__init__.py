"""Changes between two versions of a schedule, as an announcement."""
