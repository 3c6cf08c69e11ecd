"""Where the frozen program starts: the window, the worker (`--worker`) and the commands are one executable."""

import sys

from factdesk_gui.__main__ import main

sys.exit(main())
