"""iCalendar: how sessions become the events of a calendar."""
