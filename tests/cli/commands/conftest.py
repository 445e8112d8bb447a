"""The files of a user, for the command that checks them."""

from tests.doctor.conftest import world

__all__ = ["world"]
