"""Fixtures for the tests of storage."""

from tests.storage.places import places as places
