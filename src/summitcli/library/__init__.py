"""Saved schedules: how they are downloaded, named, stored and updated."""
