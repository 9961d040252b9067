"""`python -m leitfaden`: the same as `leitfaden`."""

from leitfaden.cli import main

if __name__ == "__main__":
    main(prog_name="leitfaden")
