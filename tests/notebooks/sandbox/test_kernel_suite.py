"""Jupyter's own suite for kernels, jupyter_kernel_test, run against "aula-python".

What it expects otherwise than our kernel does is listed in docs/kernels.md.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_kernel_test import IopubWelcomeTests, KernelTests
from support.sandbox import DATASETS

from notebooks import ForkServer, install_kernelspec


@pytest.fixture(scope="module", autouse=True)
def jupyter(fork_server: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Jupyter that knows this kernel; there before the suite starts one."""
    prefix: Path = tmp_path_factory.mktemp("prefix")
    install_kernelspec(prefix, data_root=DATASETS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(prefix / "runtime"))
        patch.setenv("AULA_FORK_SERVER", str(fork_server.socket_path))
        yield


class TestAulaPython(KernelTests):  # type: ignore[misc]  # the suite has no types
    """The samples are those of ipykernel's own run of the suite."""

    kernel_name = "aula-python"
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = [{"text": "zi", "matches": {"zip"}}]
    complete_code_samples = ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"]
    incomplete_code_samples = ["print('''hello", "def f(x):\n  x*2"]
    invalid_code_samples = ["import = 7q"]
    code_page_something = "zip?"
    code_generate_error = "raise"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"},
    ]
    code_display_data = [
        {"code": "from IPython.display import HTML, display; display(HTML('<b>test</b>'))", "mime": "text/html"},
        {"code": "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()", "mime": "image/png"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"

    def test_history(self) -> None:
        """Ours keeps none: a file at home would be the learner's to fill. It answers, with an empty list."""
        reply = self.history_helper(["1+2+3"], output=False, raw=True, hist_access_type="tail", n=5)
        assert reply["content"]["history"] == []


class TestWelcome(IopubWelcomeTests):  # type: ignore[misc]  # the suite has no types
    """A client hears when it will hear everything."""

    kernel_name = "aula-python"
    support_iopub_welcome = True


del IopubWelcomeTests, KernelTests  # or they would be collected as well, against a stock kernel
