"""Tests of the readers of spreadsheets."""
