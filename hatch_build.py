"""Puts the catalog of the bundled schedule into the wheel."""

import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = {
    "opencc": "opencc", "pydantic": "pydantic", "pypinyin": "pypinyin", "pyyaml": "yaml", "tzdata": "tzdata",
}  # fmt: skip
"""The dependencies for reading our own format and building a catalog, each with the module it provides."""


class CatalogHook(BuildHookInterface):
    """Builds the catalog while the wheel is built; a source tree builds its own when it is first asked."""

    PLUGIN_NAME = "custom"

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """Return what must be installed to build the catalog."""
        return [needed for needed in self.metadata.core.dependencies if needed.startswith(tuple(NEEDED))]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the catalog and have it included."""
        if version == "editable":
            return
        sys.path[:0] = [self.root, f"{self.root}/src"]
        try:
            from scripts import bundled
        except ModuleNotFoundError as error:
            # As where a distribution builds without isolation.
            if error.name not in NEEDED.values():
                raise
            self.app.display_warning(f"no catalog is included, the first command will build it: {error}")
            return
        self._folder = tempfile.TemporaryDirectory()
        path = bundled.build(self._folder.name)
        build_data["force_include"][path] = f"summitcli/data/{bundled.NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was built, which the wheel has by now."""
        if self._folder:
            self._folder.cleanup()
