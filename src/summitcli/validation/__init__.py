"""The validation of schedules: problems with their places, and the strict rules of formats."""
