"""Answers as pictures for a terminal: functions from rows to Rich renderables. None prints."""
