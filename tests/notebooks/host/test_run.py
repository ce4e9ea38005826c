"""What a run says, and how it ends, whatever the cell does. Real kernels behind a real gateway."""

# Cases read best on one line.
# ruff: noqa: E501

import uuid

import pytest
from support.gateways import Caps, ending, printed, run

from notebooks import (
    CellDone,
    Clear,
    Display,
    Fault,
    KernelAddress,
    KernelHost,
    Result,
    Started,
    Stream,
    Tick,
)

WAIT = "import threading\nwait = threading.Event().wait\n"


def test_a_cell_says_what_it_does_in_order(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "print('hola')\n6 * 7")
    assert events[:-1] == [Started(), Stream("stdout", "hola\n"), Result({"text/plain": "42"}, {}, 1)]
    assert ending(events).status == "ok"
    assert ending(events).execution_count == 1


def test_memory_lasts_from_cell_to_cell(host: KernelHost, kernel: KernelAddress) -> None:
    run(host, kernel, "x = 41")
    assert printed(run(host, kernel, "print(x + 1)")) == "42\n"


def test_an_error_names_the_line(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "a = 1\nb = 0\na / b")
    fault = events[1]
    assert isinstance(fault, Fault)
    assert (fault.name, fault.value, fault.line) == ("ZeroDivisionError", "division by zero", 3)
    assert ending(events).status == "error"


def test_an_error_in_an_earlier_cells_function_names_the_line_that_called_it(
    host: KernelHost, kernel: KernelAddress
) -> None:
    run(host, kernel, "def f(x):\n    y = 0\n    z = 1\n    return x / y")
    fault = run(host, kernel, "1\nf(2)")[1]
    assert isinstance(fault, Fault)
    assert fault.line == 2


@pytest.mark.parametrize("code", ["x = 1\nif x\n  2", "x = 1\ny = (1,"])
def test_a_syntax_error_names_the_line(host: KernelHost, kernel: KernelAddress, code: str) -> None:
    fault = run(host, kernel, code)[1]
    assert isinstance(fault, Fault)
    assert (fault.name, fault.line) == ("SyntaxError", 2)


def test_asking_with_input_is_an_error_and_does_not_hang(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "input('¿Cuántos años tienes? ')")
    assert isinstance(events[1], Fault)
    assert events[1].name == "StdinNotImplementedError"


def test_a_cell_beyond_its_time_is_interrupted_and_memory_stays(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, f"x = 7\n{WAIT}wait(60)", Caps(cell_timeout_s=1))
    assert events[1:-1] == []
    assert (ending(events).status, ending(events).is_kernel_gone) == ("timeout", False)
    assert printed(run(host, kernel, "print(x)")) == "7\n"


def test_a_cell_that_refuses_to_be_interrupted_loses_its_kernel(host: KernelHost, kernel: KernelAddress) -> None:
    stubborn = f"{WAIT}while True:\n    try:\n        wait(60)\n    except KeyboardInterrupt:\n        pass"
    events = run(host, kernel, stubborn, Caps(cell_timeout_s=1))
    assert (ending(events).status, ending(events).is_kernel_gone) == ("timeout", True)
    assert host.state(kernel) == "lost"


def test_a_press_of_stop_interrupts(host: KernelHost, kernel: KernelAddress) -> None:
    presses: list[bool] = []

    def should_stop() -> bool:
        presses.append(True)
        return len(presses) > 1

    events = run(host, kernel, f"{WAIT}print('antes')\nwait(60)", should_stop=should_stop)
    assert printed(events) == "antes\n"
    assert not any(isinstance(event, Fault) for event in events)
    assert (ending(events).status, ending(events).is_kernel_gone) == ("interrupted", False)


@pytest.mark.parametrize("code", ["import os\nos.kill(os.getpid(), 9)", "import os\nos._exit(1)"])
def test_a_kernel_that_dies_ends_the_run_and_stays_dead(host: KernelHost, kernel: KernelAddress, code: str) -> None:
    events = run(host, kernel, f"print('antes', flush=True)\n{WAIT}wait(.2)\n{code}")
    assert printed(events) == "antes\n"
    assert (ending(events).status, ending(events).is_kernel_gone) == ("lost", True)
    assert host.state(kernel) == "lost"


@pytest.mark.parametrize("code", ["quit()", "exit"])
def test_a_kernel_that_was_told_to_quit_ends_with_the_cell_and_not_a_moment_later(
    host: KernelHost, kernel: KernelAddress, code: str
) -> None:
    events = run(host, kernel, f"x = 7\n{code}" if "(" in code else code)
    assert (ending(events).status, ending(events).is_kernel_gone) == ("ok", True)
    assert host.state(kernel) == "lost"


def test_a_kernel_that_was_told_to_quit_but_to_stay_stays(host: KernelHost, kernel: KernelAddress) -> None:
    assert not ending(run(host, kernel, "x = 7\nquit(keep_kernel=True)")).is_kernel_gone


def test_why_a_kernel_died_is_asked(gateway: object, host: KernelHost, kernel: KernelAddress) -> None:
    asked: list[str] = []

    def find_death(kernel_id: str) -> str:
        asked.append(kernel_id)
        return "memory"

    informed = KernelHost(list(host._gateways.values()), kernel_name="python3", find_death=find_death)
    assert ending(run(informed, kernel, "import os\nos._exit(137)")).status == "memory"
    assert asked == [kernel.kernel_id]


def test_text_beyond_the_budget_is_cut_and_the_cell_interrupted(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "x = 7\nwhile True: print('ñ' * 50)", Caps(output_bytes=100_000))
    assert 90_000 < len(printed(events).encode()) <= 100_000
    assert (ending(events).status, ending(events).is_kernel_gone) == ("output_limit", False)
    assert printed(run(host, kernel, "print(x)")) == "7\n"


def test_lines_beyond_the_budget_are_cut(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "for i in range(100_000): print(i, flush=True)", Caps(output_lines=3000))
    assert printed(events) == "".join(f"{number}\n" for number in range(3000))
    assert ending(events).status == "output_limit"


def test_pictures_count_too(host: KernelHost, kernel: KernelAddress) -> None:
    code = "from IPython.display import display\nwhile True: display({'image/png': 'A' * 300_000}, raw=True)"
    events = run(host, kernel, code)
    assert len([event for event in events if isinstance(event, Display)]) == 3
    assert ending(events).status == "output_limit"


def test_empty_outputs_do_not_come_without_end(host: KernelHost, kernel: KernelAddress) -> None:
    code = "from IPython.display import clear_output\nwhile True: clear_output()"
    assert ending(run(host, kernel, code, Caps(output_bytes=50_000))).status == "output_limit"


def test_one_message_larger_than_all_ends_the_kernel_and_not_the_gateway(
    host: KernelHost, kernel: KernelAddress
) -> None:
    events = run(host, kernel, "print('y' * 60_000_000)")
    assert (ending(events).status, ending(events).is_kernel_gone) == ("output_limit", True)
    assert host.health().gateways_up == 1


def test_a_silent_cell_still_ticks(host: KernelHost, kernel: KernelAddress) -> None:
    with host.connect(kernel) as connection:
        events = list(connection.execute(f"{WAIT}wait(2.5)", uuid.uuid4().hex, limits=Caps()))
    between = events[events.index(Started()) + 1 : -1]
    assert between.count(Tick()) >= 2
    assert isinstance(events[-1], CellDone)


def test_colours_are_carried_from_one_piece_of_text_to_the_next(host: KernelHost, kernel: KernelAddress) -> None:
    code = f"{WAIT}print('\\x1b[1;31mrojo', flush=True)\nwait(.3)\nprint('sigue\\x1b[0m\\x1b', end='', flush=True)\nwait(.3)\nprint('[4mfin')"
    texts = [event for event in run(host, kernel, code) if isinstance(event, Stream)]
    assert texts == [
        Stream("stdout", "\x1b[1;31mrojo\n"),
        Stream("stdout", "sigue\x1b[0m", "1;31"),
        Stream("stdout", "\x1b[4mfin\n"),
    ]


def test_clearing_and_updating_are_told(host: KernelHost, kernel: KernelAddress) -> None:
    code = (
        "from IPython.display import display, clear_output\n"
        "clear_output(wait=True)\n"
        "handle = display({'text/plain': 'uno'}, raw=True, display_id='d')\n"
        "handle.update({'text/plain': 'dos'}, raw=True)"
    )
    assert run(host, kernel, code)[1:-1] == [
        Clear(wait=True),
        Display({"text/plain": "uno"}, {}, "d"),
        Display({"text/plain": "dos"}, {}, "d", is_update=True),
    ]


def test_text_that_no_store_can_hold_loses_those_characters(host: KernelHost, kernel: KernelAddress) -> None:
    assert printed(run(host, kernel, "print('a\\x00b')")) == "a\ufffdb\n"


def test_what_is_nested_without_reason_goes(host: KernelHost, kernel: KernelAddress) -> None:
    code = (
        "from IPython.display import display\n"
        "deep = []\n"
        "for _ in range(200): deep = [deep]\n"
        "display({'a/b+json': {'x': [1.5]}, 'c/d+json': deep, 'text/plain': 'x'}, raw=True)"
    )
    display = run(host, kernel, code)[1]
    assert isinstance(display, Display)
    assert display.data == {"a/b+json": {"x": [1.5]}, "text/plain": "x"}


def test_forged_messages_do_no_more_than_end_the_forgers_run(host: KernelHost, kernel: KernelAddress) -> None:
    code = (
        "import os\n"
        "k = get_ipython().kernel\n"
        "for kind, content in [('stream', {'name': 7, 'text': ['x']}), ('display_data', {'data': 'x'}), ('error', {}),\n"
        "                      ('execute_result', {'data': {'text/plain': 3}}), ('status', {}), ('otro', {}), ('clear_output', {})]:\n"
        "    k.session.send(k.iopub_socket, kind, content, parent=k.get_parent())\n"
        "k.session.send(k.iopub_socket, 'status', {'execution_state': 'dead'}, parent={})"
    )
    assert ending(run(host, kernel, code)).status == "lost"
    assert printed(run(host, kernel, "print(1)")) == "1\n"
