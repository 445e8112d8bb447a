"""A fixture with the files of a user, for the tests of doctor."""

from tests.doctor.conftest import world

__all__ = ["world"]
