"""``python -m summitcli``."""

import sys

from summitcli.cli import main

sys.exit(main())
