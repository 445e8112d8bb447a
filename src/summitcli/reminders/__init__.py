"""Reminders of the sessions in an agenda: deciding which are due, and their texts.

The current time is a parameter; nothing in this package reads the clock.
"""
