"""``python -m energyfacts`` is the command ``energyfacts``."""

from __future__ import annotations

import sys

from energyfacts.cli import main

if __name__ == "__main__":
    sys.exit(main())
