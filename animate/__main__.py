"""python -m animate"""

from animate.cli import main

if __name__ == "__main__":
    main()
