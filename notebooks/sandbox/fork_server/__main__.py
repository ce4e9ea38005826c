"""`python -m fork_server` with the folder `notebooks/sandbox` on PYTHONPATH; see notebooks/README.md."""

from .main import main

if __name__ == "__main__":
    main()
