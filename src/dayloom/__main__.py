"""`python -m dayloom` is `dayloom`."""

from dayloom.cli import main

if __name__ == "__main__":
    main()
