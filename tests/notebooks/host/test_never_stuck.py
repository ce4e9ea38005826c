"""Whatever a cell does, its run ends and says how: on our own kernel in the sandbox. The rules: docs/kernels.md."""

# Cases read best on one line.
# ruff: noqa: E501

import base64
import uuid

import pytest
from support.gateways import Caps, ending, printed, run, seen

from notebooks import Clear, Coalescer, Display, Fault, KernelAddress, KernelHost, Result, Stream

NEVER_ENDS = {
    "pure Python": "while True: pass",
    "NumPy in C": "import numpy as np\na = np.random.rand(800, 800)\nwhile True: a @ a",
    "sleep": "import time\ntime.sleep(600)",
    "a pattern without end": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    "a program": "!sleep 600",
    "a program started by hand": "import subprocess\nsubprocess.run(['sleep', '600'])",
    "a program that heeds no interrupt": "%%bash\ntrap '' INT\nsleep 600",
    "a child that holds the pipe": "!sleep 600 & echo hola",
    "a blocked signal": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\nwhile True: pass",
    "a lock": "import threading\nthreading.Event().wait()",
    "a pool of processes": "import multiprocessing, time\nwith multiprocessing.get_context('fork').Pool(2) as pool: pool.map(time.sleep, [600, 600])",
    "an await that works": "import asyncio\nwhile True: await asyncio.sleep(0)",
}
DEAF = {
    "one long step in C": "print('ya', flush=True)\nsum(range(10**12))",
    "the signal ignored": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
}
RESPAWNING = "import multiprocessing\ndef f(x): return x\nwith multiprocessing.get_context('spawn').Pool(2) as pool: pool.map(f, [1, 2])"


def say(host: KernelHost, kernel: KernelAddress, code: str) -> str:
    """What a cell prints that ends well."""
    events = run(host, kernel, code)
    assert ending(events).status == "ok", events
    return printed(events)


def fault_of(host: KernelHost, kernel: KernelAddress, code: str) -> Fault:
    """The error that ends a cell; afterwards the kernel goes on."""
    events = run(host, kernel, code)
    assert ending(events).status == "error", events
    assert say(host, kernel, "print('sigue')") == "sigue\n"
    return next(event for event in events if isinstance(event, Fault))


class TestStopping:
    @pytest.mark.parametrize("work", NEVER_ENDS.values(), ids=NEVER_ENDS)
    def test_a_press_of_stop_ends_it_and_memory_stays(
        self, sandboxed_host: KernelHost, learner: KernelAddress, work: str
    ) -> None:
        run(sandboxed_host, learner, "x = 7")
        events = run(sandboxed_host, learner, work, should_stop=lambda: True)
        assert not any(isinstance(event, Fault) and event.name == "KeyboardInterrupt" for event in events)
        assert (ending(events).status, ending(events).is_kernel_gone) == ("interrupted", False)
        assert say(sandboxed_host, learner, "print(x)") == "7\n"

    def test_a_press_of_stop_ends_an_await_too(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        """The stock kernel's loop sleeps on."""
        run(sandboxed_host, learner, "x = 7")
        work = "import asyncio\nawait asyncio.sleep(600)"
        events = run(sandboxed_host, learner, work, should_stop=lambda: True)
        assert not any(isinstance(event, Fault) for event in events)
        assert (ending(events).status, ending(events).is_kernel_gone) == ("interrupted", False)
        assert say(sandboxed_host, learner, "print(x)") == "7\n"

    @pytest.mark.parametrize("work", DEAF.values(), ids=DEAF)
    def test_what_does_not_heed_the_interrupt_ends_with_its_kernel(
        self, sandboxed_host: KernelHost, learner: KernelAddress, work: str
    ) -> None:
        events = run(sandboxed_host, learner, work, Caps(cell_timeout_s=1))
        assert (ending(events).status, ending(events).is_kernel_gone) == ("timeout", True)
        assert sandboxed_host.state(learner) == "lost"

    def test_a_pool_whose_workers_do_not_find_the_function_ends_with_its_time(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        """Processes that are begun afresh know what files define, not what cells do; the pool begins them for ever."""
        events = run(sandboxed_host, learner, RESPAWNING, Caps(cell_timeout_s=3))
        assert "Can't get attribute 'f'" in printed(events, "stderr")
        assert ending(events).status == "timeout"

    @pytest.mark.parametrize(
        ("bomb", "cap_s", "ends"),
        [
            ("def f(): f()\nf()", 60, ("error",)),
            (
                "import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return f(x + 1)\nf(0)",
                2,
                ("error", "timeout", "memory", "lost"),
            ),
            (
                "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)",
                60,
                ("lost",),
            ),
        ],
        ids=["as it is", "without a limit", "in C"],
    )
    def test_a_recursion_without_end_ends(
        self, sandboxed_host: KernelHost, learner: KernelAddress, bomb: str, cap_s: int, ends: tuple[str, ...]
    ) -> None:
        assert ending(run(sandboxed_host, learner, bomb, Caps(cell_timeout_s=cap_s))).status in ends


class TestAsking:
    @pytest.mark.parametrize(
        "code", ["input('¿Edad? ')", "import getpass\ngetpass.getpass()", "breakpoint()", "1 / 0\n", "%debug"]
    )
    def test_a_question_to_the_learner_is_refused_at_once(
        self, sandboxed_host: KernelHost, learner: KernelAddress, code: str
    ) -> None:
        run(sandboxed_host, learner, "1 / 0")
        name = "ZeroDivisionError" if code == "1 / 0\n" else "StdinNotImplementedError"
        assert fault_of(sandboxed_host, learner, code).name == name

    def test_standard_input_is_at_its_end(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        code = "import os, sys\nprint(repr(sys.stdin.read()), os.read(0, 10))\n!cat"
        assert say(sandboxed_host, learner, code) == "'' b''\n"


class TestMagics:
    def test_they_work_as_in_any_notebook(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        assert "per loop" in say(sandboxed_host, learner, "%timeit -n 10 -r 2 1 + 1")
        assert "Wall time" in say(sandboxed_host, learner, "%%time\nx = 3")
        assert say(sandboxed_host, learner, "%who") == "x\t \n"
        assert say(sandboxed_host, learner, "%%writefile nota.txt\nhola") == "Writing nota.txt\n"
        assert say(sandboxed_host, learner, "!cat nota.txt") == "hola\n"

    def test_one_that_does_not_exist_is_said_and_is_an_error(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        events = run(sandboxed_host, learner, "%nohay")
        assert "`%nohay` not found" in printed(events, "stderr")
        assert ending(events).status == "error"

    def test_bash_cells_print_to_both_streams_and_fail_with_their_exit_code(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        events = run(sandboxed_host, learner, "%%bash\necho hola\necho mal >&2")
        assert (printed(events), printed(events, "stderr")) == ("hola\n", "mal\n")
        assert fault_of(sandboxed_host, learner, "%%bash\nexit 3").name == "CalledProcessError"

    def test_there_is_no_network_to_install_from(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        said = say(sandboxed_host, learner, "%pip install --retries 0 nada")
        assert "No matching distribution" in said

    def test_the_help_of_a_name_is_shown_below_the_cell(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        events = run(sandboxed_host, learner, "len?")
        (page,) = [event for event in events if isinstance(event, Display)]
        assert "Return the number of items" in page.data["text/plain"]


class TestWhatGoesOn:
    """Threads, tasks and programs that outlive their cell."""

    def test_what_a_thread_prints_later_is_under_the_cell_that_runs_then(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        later = "import threading\ngo, gone = threading.Event(), threading.Event()\ndef f():\n    go.wait()\n    print('tarde')\n    gone.set()\nthreading.Thread(target=f).start()\nprint('fin')"
        assert say(sandboxed_host, learner, later) == "fin\n"
        assert say(sandboxed_host, learner, "go.set()\nsalio = gone.wait(20)\nprint('otro')") == "tarde\notro\n"

    def test_what_a_task_prints_later_is_shown_nowhere(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        later = "import asyncio\ngo = asyncio.Event()\nasync def f():\n    await go.wait()\n    print('tarde')\n    return 5\ntask = asyncio.create_task(f())\nprint('fin')"
        assert say(sandboxed_host, learner, later) == "fin\n"
        assert say(sandboxed_host, learner, "go.set()\nprint(await task)") == "5\n"

    def test_top_level_await_gives_its_value(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        events = run(sandboxed_host, learner, "import asyncio\nawait asyncio.sleep(0, 'esperado')")
        assert [event.data for event in events if isinstance(event, Result)] == [{"text/plain": "'esperado'"}]

    def test_a_loop_runs_already(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        code = "import asyncio\nc = asyncio.sleep(0)\ntry: asyncio.run(c)\nfinally: c.close()"
        assert fault_of(sandboxed_host, learner, code).name == "RuntimeError"

    def test_a_program_left_behind_does_not_hold_the_cell(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        code = "import subprocess\nsubprocess.Popen(['sleep', '600'], start_new_session=True)\nprint('fin')"
        assert say(sandboxed_host, learner, code) == "fin\n"

    def test_a_daemon_that_keeps_printing_does_not_keep_cells_from_ending(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        daemon = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    while True:\n        os.write(1, b'demonio\\n')\n        time.sleep(.01)"
        assert ending(run(sandboxed_host, learner, daemon)).status == "ok"
        said = say(sandboxed_host, learner, "time.sleep(.1)\nprint('vivo')")
        assert "vivo" in said
        assert "demonio" in said

    def test_a_thread_that_floods_uses_up_each_later_cell_and_a_restart_ends_it(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        run(
            sandboxed_host,
            learner,
            "import threading\ndef f():\n    while True: print('x' * 1000)\nthreading.Thread(target=f, daemon=True).start()",
        )
        events = run(sandboxed_host, learner, "import time\ntime.sleep(20)")
        assert (ending(events).status, ending(events).is_kernel_gone) == ("output_limit", False)
        sandboxed_host.shutdown(learner)
        assert sandboxed_host.state(learner) == "lost"

    def test_what_a_child_process_prints_is_the_cells(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        code = "import multiprocessing\nchild = multiprocessing.get_context('fork').Process(target=print, args=('hijo',))\nchild.start()\nchild.join()\nimport time\ntime.sleep(.3)"
        assert say(sandboxed_host, learner, code) == "hijo\n"


class TestShowing:
    def test_rich_displays_come_with_every_form_they_have(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        code = (
            "from IPython.display import HTML, JSON, Latex, Markdown, SVG, Javascript\n"
            "display(HTML('<b>x</b>'), Latex('$x$'), JSON({'a': [1]}), Markdown('# a'), SVG('<svg/>'), Javascript('1'))"
        )
        shown = [event for event in run(sandboxed_host, learner, code) if isinstance(event, Display)]
        kinds = [next(kind for kind in one.data if kind != "text/plain") for one in shown]
        assert kinds == [
            "text/html",
            "text/latex",
            "application/json",
            "text/markdown",
            "image/svg+xml",
            "application/javascript",
        ]
        assert shown[2].data["application/json"] == {"a": [1]}

    def test_a_chart_is_a_picture(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        (chart,) = [
            event
            for event in run(sandboxed_host, learner, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
            if isinstance(event, Display)
        ]
        assert base64.b64decode(chart.data["image/png"]).startswith(b"\x89PNG")

    def test_updates_and_clears_keep_their_order(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        code = "from IPython.display import clear_output\nh = display('uno', display_id='d')\nclear_output(wait=True)\nh.update('dos')"
        events = run(sandboxed_host, learner, code)[1:-1]
        assert events == [
            Display({"text/plain": "'uno'"}, {}, "d"),
            Clear(wait=True),
            Display({"text/plain": "'dos'"}, {}, "d", is_update=True),
        ]

    def test_a_bar_of_progress_is_whole_and_never_cut(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        """A hundred times as much as a cell may show, but each step is printed over the one before."""
        code = "for step in range(2001):\n    print(f'\\r{step:05}', '#' * 1000, end='', flush=step % 40 == 0)\nprint()"
        with sandboxed_host.connect(learner) as connection:
            events = list(connection.execute(code, uuid.uuid4().hex, limits=Caps(output_bytes=20_000)))
        written = Coalescer()
        pieces = [one for event in events for one in written.add(event)] + list(written.flush())
        assert ending(seen(events)).status == "ok"
        assert printed(pieces).split("\r")[-1] == f"02000 {'#' * 1000}\n"

    def test_of_a_hundred_thousand_lines_the_first_are_kept(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        events = run(sandboxed_host, learner, "x = 7\nfor i in range(100_000): print(i)")
        assert printed(events) == "".join(f"{number}\n" for number in range(5_000))
        assert (ending(events).status, ending(events).is_kernel_gone) == ("output_limit", False)
        assert say(sandboxed_host, learner, "print(x)") == "7\n"

    def test_a_picture_of_30_mb_is_not_shown_and_memory_stays(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        code = "from IPython.display import Image\nx = 7\ndisplay(Image(b'\\x89PNG\\r\\n\\x1a\\n' + bytes(30 * 2**20), format='png'))"
        events = run(sandboxed_host, learner, code)
        assert not any(isinstance(event, Display) for event in events)
        assert (ending(events).status, ending(events).is_kernel_gone) == ("output_limit", False)
        assert say(sandboxed_host, learner, "print(x)") == "7\n"

    def test_binary_rubbish_is_shown_as_characters_that_can_be_stored(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        events = run(sandboxed_host, learner, "import os\nos.write(1, bytes(range(256)))\n!head -c 1000 /dev/urandom")
        assert ending(events).status == "ok"
        assert "\x00" not in printed(events)
        assert "ABCDEFG" in printed(events)

    def test_rubbish_in_a_display_leaves_the_rest(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        code = "display({'image/png': bytes(range(256)), 'text/plain': 'a\\x00b'}, raw=True)"
        (shown,) = [event for event in run(sandboxed_host, learner, code) if isinstance(event, Display)]
        assert shown.data["text/plain"] == "a\ufffdb"

    @pytest.mark.parametrize(
        "code",
        ["print('a\\ud800b')", "display({'text/plain': 'a\\ud800b'}, raw=True)", "raise ValueError('a\\ud800b')"],
        ids=["printed", "displayed", "raised"],
    )
    def test_half_a_surrogate_pair_is_shown_as_a_question_mark(
        self, sandboxed_host: KernelHost, learner: KernelAddress, code: str
    ) -> None:
        events = run(sandboxed_host, learner, code)
        assert any("a?b" in text_of(event) for event in events)
        assert printed(events, "stderr") == ""
        assert say(sandboxed_host, learner, "print('sigue')") == "sigue\n"


def text_of(event: object) -> str:
    match event:
        case Stream(text=text):
            return text
        case Display(data=data):
            return str(data.get("text/plain"))
        case Fault(value=value):
            return value
    return ""


class TestEnding:
    @pytest.mark.parametrize("code", ["import sys\nsys.exit(3)", "raise SystemExit"])
    def test_leaving_is_an_error_of_the_cell_and_memory_stays(
        self, sandboxed_host: KernelHost, learner: KernelAddress, code: str
    ) -> None:
        run(sandboxed_host, learner, "x = 7")
        assert fault_of(sandboxed_host, learner, code).name == "SystemExit"
        assert say(sandboxed_host, learner, "print(x)") == "7\n"

    @pytest.mark.parametrize("code", ["quit()", "exit", "exit()"])
    def test_quitting_ends_the_cell_well_and_what_becomes_of_memory_is_told(
        self, sandboxed_host: KernelHost, learner: KernelAddress, code: str
    ) -> None:
        events = run(sandboxed_host, learner, f"print('antes')\n{code}" if "(" in code else code)
        assert ending(events).status == "ok"
        assert ending(events).is_kernel_gone == (sandboxed_host.state(learner) == "lost")

    def test_quitting_costs_no_memory(self, sandboxed_host: KernelHost, learner: KernelAddress) -> None:
        run(sandboxed_host, learner, "x = 7\nquit()")
        assert say(sandboxed_host, learner, "print(x)") == "7\n"

    @pytest.mark.parametrize(
        "code",
        [
            "import os\nos._exit(0)",
            "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
            "import ctypes\nctypes.string_at(0)",
        ],
    )
    def test_a_process_that_ends_takes_its_kernel_along_and_says_so(
        self, sandboxed_host: KernelHost, learner: KernelAddress, code: str
    ) -> None:
        events = run(sandboxed_host, learner, f"print('antes', flush=True)\nimport time\ntime.sleep(.3)\n{code}")
        if "SIGSEGV" in code and ending(events).status == "ok":
            return  # the first process of a pid namespace does not hear its own signals
        assert printed(events) == "antes\n"
        assert (ending(events).status, ending(events).is_kernel_gone) == ("lost", True)

    def test_closed_descriptors_do_not_silence_later_cells(
        self, sandboxed_host: KernelHost, learner: KernelAddress
    ) -> None:
        run(sandboxed_host, learner, "import os\nos.close(1)\nos.close(2)")
        assert say(sandboxed_host, learner, "print('vivo')") == "vivo\n"

    @pytest.mark.parametrize(
        "code",
        [
            "import sys\nsys.stdout.close()", "import sys\nsys.stdout = None", "import sys\nsys.stderr = 3",
            "import io, sys\nsys.stdout = io.StringIO()\nsys.stdout.close()",
            "import sys\ndel sys.stdout",
        ],
        ids=["closed", "none", "a number", "another that is closed", "deleted"],
    )  # fmt: skip
    def test_a_broken_standard_output_is_mended_for_the_next_cell(
        self, sandboxed_host: KernelHost, learner: KernelAddress, code: str
    ) -> None:
        assert ending(run(sandboxed_host, learner, code)).status in ("ok", "error")
        assert say(sandboxed_host, learner, "print('vivo')") == "vivo\n"
