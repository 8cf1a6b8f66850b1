"""`python -m guize`."""

from guize.cli import main

if __name__ == "__main__":
    main()
