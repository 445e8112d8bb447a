"""The export of changes between two versions of a schedule as an announcement."""
