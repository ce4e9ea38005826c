"""The shells of kernels and of clean sessions, made once before any fork, so that their memory is shared."""

import sys
from typing import Any, Literal

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.profiledir import ProfileDir
from matplotlib_inline.backend_inline import configure_inline_support
from matplotlib_inline.config import InlineBackend
from traitlets.config import Config, SingletonConfigurable

from .session_shell import SessionShell, refuse_input, show_no_page
from .shell_parts import complete_shell

_made: dict[str, Any] = {}


def shell_config() -> Config:
    """What both kinds of shell are told."""
    config = Config()
    config.HistoryManager.enabled = False  # no database at home, no thread that writes it
    config.InteractiveShell.colors = "nocolor"
    return config


def make_shells() -> None:
    """Called once, by the fork server. Neither shell knows yet where it will live."""
    kernel = ZMQInteractiveShell.instance(config=shell_config(), compiler_class=XCachingCompiler)
    kernel.extension_manager.load_extension("storemagic")
    complete_shell(kernel)
    _forget(kernel)
    session = SessionShell.instance(config=shell_config())
    session.set_hook("show_in_pager", show_no_page, 99)
    session.builtin_trap.auto_builtins["input"] = refuse_input
    complete_shell(session)
    _forget(session)
    _made.update(kernel=kernel, session=session)


def take_shell(kind: Literal["kernel", "session"], home: str) -> Any:
    """This process's shell from now on, at home in `home`; the other kind is forgotten."""
    shell = _made[kind]
    _made.clear()
    _adopt(shell)
    _adopt(_figures_of(shell))
    sys.modules["__main__"] = shell.user_module
    shell.ipython_dir = f"{home}/.ipython"
    shell.profile_dir = ProfileDir(location=f"{home}/.ipython/profile_default")
    return shell


def _adopt(made: SingletonConfigurable) -> None:
    """What `instance` would have done, had it been made here."""
    for kind in type(made)._walk_mro():
        kind._instance = made  # type: ignore[assignment]  # traitlets declares the None that it starts with


def _forget(shell: Any) -> None:
    type(shell).clear_instance()
    _figures_of(shell).clear_instance()
    configure_inline_support.current_backend = "unset"  # or the next shell's figures would have no formats


def _figures_of(shell: Any) -> InlineBackend:
    """How this shell shows figures."""
    return next(one for one in shell.configurables if isinstance(one, InlineBackend))
