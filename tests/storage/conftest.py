"""What every test of this folder may ask for."""

from tests.storage.places import places as places
