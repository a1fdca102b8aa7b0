"""Entry point: `python3 autograder COMMAND`."""

import sys
from pathlib import Path

# Run as `python3 autograder`, this folder itself is on the path; the package is one above.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from autograder.cli import main  # noqa: E402  (the path has to be set first)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
