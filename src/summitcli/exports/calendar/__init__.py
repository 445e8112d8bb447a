"""The export to iCalendar: sessions as calendar events."""
