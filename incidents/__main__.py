"""``python -m incidents`` is the ``incidents`` command."""

from incidents.cli import main

if __name__ == "__main__":
    main()
