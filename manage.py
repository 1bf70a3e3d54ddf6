"""For tools that look for it; people type `trefoil COMMAND`."""

from trefoil.config.cli import main

if __name__ == "__main__":
    main()
