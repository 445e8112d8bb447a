"""The validation of schedules: their problems, each with its place, and the strict rules of formats."""
