"""`python -m imetaudit`: the command line."""

from imetaudit.cli import main

if __name__ == "__main__":
    main(prog_name="imetaudit")
