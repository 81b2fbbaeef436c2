"""``python -m imprimatur.desk``, for where the command is not on PATH."""

from imprimatur.desk.main import main

if __name__ == "__main__":
    main()
