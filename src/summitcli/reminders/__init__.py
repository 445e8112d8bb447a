"""Reminders of the sessions in an agenda: which are due, and their texts. None reads the clock."""
