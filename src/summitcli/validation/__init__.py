"""The validation of schedules: their problems with the places of these, and the strict rules of formats."""
