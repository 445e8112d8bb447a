"""Calendars: iCalendar (RFC 5545), and iCalendar written in XML (RFC 6321, and pentabarf's variant)."""
