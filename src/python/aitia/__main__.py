"""`python -m aitia` is the command `aitia`."""

import sys

from aitia.cli import main

sys.exit(main())
