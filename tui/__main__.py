"""`python -m tui` starts the program as `guizhang` does."""

import sys

from tui.start import main

sys.exit(main())
