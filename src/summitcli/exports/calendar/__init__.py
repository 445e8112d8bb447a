"""iCalendar export: sessions as calendar events."""
