"""What Python itself looks like to learner code: environment, working folder, module path, randomness."""

import gc
import os
import random
import sys

from .ground import Paths

_own_modules: list[str] = []


def prepare_world(paths: Paths) -> None:
    """What is the same for every child, done once before any fork: memory that no child writes stays shared."""
    own = (__package__ or "fork_server").partition(".")[0]
    _own_modules.extend(one for one in sys.modules if one == own or one.startswith(own + "."))
    os.environ.clear()
    os.environ.update(_environment(paths, "es"))


def enter_world(paths: Paths, language: str, seed: int | None) -> None:
    """Give this process the learner's environment and nothing of the fork server's.

    seed: None draws fresh randomness, as each kernel must: NumPy's global state is not renewed by a fork.
    """
    gc.enable()
    for name, value in _environment(paths, language).items():
        if os.environ[name] != value:
            os.environ[name] = value
    os.chdir(paths.home)
    sys.argv = ["aula"]
    # `import main` in a cell means a learner's own file, not one of ours.
    for name in _own_modules:
        sys.modules.pop(name, None)
    sys.path[:] = ["", paths.library, *[one for one in sys.path if one and one != paths.library]]
    reseed(seed)


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
        # What IPython's shell of a kernel sets: colours wherever they can be had, and no pager.
        "TERM": "xterm-color",
        "CLICOLOR": "1",
        "FORCE_COLOR": "1",
        "CLICOLOR_FORCE": "1",
        "PAGER": "cat",
        "GIT_PAGER": "cat",
        "AULA_DATA": paths.data,
        "AULA_LANGUAGE": language,
    }


def reseed(seed: int | None) -> None:
    """Start the randomness of Python and of NumPy anew."""
    random.seed(seed)
    numpy = sys.modules["numpy"]
    numpy.random.seed(None if seed is None else seed % 2**32)
