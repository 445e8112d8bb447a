"""Schedules that are kept by name, and how they are fetched and named."""
