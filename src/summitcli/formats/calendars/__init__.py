"""Calendars: iCalendar (RFC 5545), and iCalendar written in XML (RFC 6321, and the variant of pentabarf).

Pentabarf is an old program for planning conferences.
"""
