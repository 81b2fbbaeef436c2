"""``python -P -m imprimatur.desk``, for where the command is not on PATH."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        # There the folder comes first in which one is: anybody's files could be our modules.
        del sys.path[0]
    from imprimatur.desk.main import main

    main()
