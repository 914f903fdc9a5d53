"""Lets `python -m keraslint` stand for the `keraslint` command."""

from keraslint.cli import main

if __name__ == "__main__":
    main()
