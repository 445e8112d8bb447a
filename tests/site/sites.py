"""Catalogs and sites for tests."""

import json
from collections.abc import Mapping
from typing import Any

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.formats import parse


def catalog_of(made: Mapping[str, Any]) -> Catalog:
    """Return the catalog of a schedule in our own format."""
    return temporary_catalog(parse(json.dumps(made).encode(), "plan.json"))
