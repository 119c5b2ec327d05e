"""``python -m wenye`` is the command ``wenye``."""

import sys

from wenye.cli.app import main

sys.exit(main())
