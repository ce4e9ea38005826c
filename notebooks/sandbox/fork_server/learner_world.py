"""What Python itself looks like to learner code: environment, working folder, module path, randomness."""

import gc
import os
import random
import sys

from .ground import Paths


def enter_world(paths: Paths, language: str, seed: int | None) -> None:
    """Give this process the learner's environment and nothing of the fork server's.

    seed: None draws fresh randomness, as each kernel must: NumPy's global state is not renewed by a fork.
    """
    gc.enable()
    os.environ.clear()
    os.environ.update(_environment(paths, language))
    os.chdir(paths.home)
    sys.argv = ["aula"]
    _clear_modules(paths)
    _seed(seed)


def _environment(paths: Paths, language: str) -> dict[str, str]:
    return {
        "HOME": paths.home,
        "USER": "learner",
        "LOGNAME": "learner",
        "PATH": f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": paths.scratch,
        "PYTHONPATH": paths.library,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": f"{paths.home}/.ipython",
        "MPLCONFIGDIR": f"{paths.home}/.matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "AULA_DATA": paths.data,
        "AULA_LANGUAGE": language,
    }


def _clear_modules(paths: Paths) -> None:
    """`import main` in a cell means a learner's own file, not one of ours."""
    own = (__package__ or "fork_server").partition(".")[0]
    for name in [one for one in sys.modules if one == own or one.startswith(own + ".")]:
        del sys.modules[name]
    sys.path[:] = ["", paths.library, *[one for one in sys.path if one and one != paths.library]]


def _seed(seed: int | None) -> None:
    random.seed(seed)
    numpy = sys.modules["numpy"]
    numpy.random.seed(None if seed is None else seed % 2**32)
