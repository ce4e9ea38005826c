"""A clean session: what cells give, what probes say, and how each ends that does not end well."""

import math
from types import SimpleNamespace
from typing import Any

import pytest
from support.gateways import eventually

from notebooks import CellTimeout, ForkServer, KernelLost, KernelUnavailable, Limits, ProbeRefused, Session

SMALL = Limits(output_bytes=1_000, output_lines=10)
HOLD = "def hold(user_ns, arguments):\n    return arguments\n"
LOOK = "def look(user_ns, arguments):\n    return eval(arguments['what'], user_ns)\n"


def look(session: Session, what: str, **limits: Any) -> Any:
    """The value of an expression over the learner's names, by way of a probe."""
    return session.ask(LOOK, "look", {"what": what}, **limits)


def test_a_cell_prints_shows_and_gives(session: Session) -> None:
    source = "import sys\nprint('ñ')\nprint('aviso', file=sys.stderr)\ndisplay({'a': 1})\n40 + 2"
    reply = session.run(source)
    assert (reply.stdout, reply.stderr, reply.error) == ("ñ\n", "aviso\n", None)
    assert reply.displays == ({"text/plain": "{'a': 1}"},)
    assert reply.result == {"text/plain": "42"}
    assert reply.seconds > 0


def test_memory_lasts_from_cell_to_cell(session: Session) -> None:
    session.run("x = 20")
    reply = session.run("x + 1")
    assert reply.result == {"text/plain": "21"}


def test_what_programs_print_past_python_is_heard(session: Session) -> None:
    reply = session.run("import os\nos.write(1, b'por debajo')\nos.system('echo programa')")
    assert "por debajo" in reply.stdout
    assert "programa" in reply.stdout


def test_an_exception_is_the_replys_error_with_its_line(session: Session) -> None:
    error = session.run("x = 1\n\n1 / 0").error
    assert error is not None
    assert (error.name, error.value, error.line, error.is_memory) == ("ZeroDivisionError", "division by zero", 3, False)
    assert "ZeroDivisionError" in "".join(error.traceback)


def test_the_line_is_the_learners_when_a_library_raises(session: Session) -> None:
    error = session.run("import pandas as pd\ntabla = pd.DataFrame({'a': [1]})\ntabla['b']").error
    assert error is not None
    assert (error.name, error.line) == ("KeyError", 3)


def test_a_typing_slip_has_a_line(session: Session) -> None:
    error = session.run("x = 1\ny = (2").error
    assert error is not None
    assert (error.name, error.line) == ("SyntaxError", 2)


def test_a_chart_is_shown_as_a_picture(session: Session) -> None:
    reply = session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert [sorted(one) for one in reply.displays] == [["image/png", "text/plain"]]


def test_asking_for_input_is_refused_as_in_a_kernel(session: Session) -> None:
    error = session.run("input('¿Quién eres?')").error
    assert error is not None
    assert error.name == "StdinNotImplementedError"


def test_output_is_kept_up_to_its_cap(fork_server: ForkServer) -> None:
    with fork_server.open_session(limits=SMALL) as session:
        assert len(session.run("print('x' * 50_000)").stdout.encode()) <= 1_000
        assert session.run("for i in range(99): print(i)").stdout.count("\n") <= 10
        assert session.run("print('sigue')").stdout == "sigue\n"


def test_a_mountain_of_displays_is_cut(session: Session) -> None:
    reply = session.run("for i in range(500): display(str(i))")
    assert len(reply.displays) == 100


def test_control_characters_do_not_burst_the_reply(session: Session) -> None:
    """Each takes six bytes in JSON."""
    reply = session.run(
        "print('\\x01' * 10**6)\ndisplay('\\x02' * 10**6)\nprint('\\x03' * 10**6, file=__import__('sys').stderr)"
    )
    assert reply.error is None
    assert len(reply.stdout) == 1_000_000


def test_a_cell_that_takes_too_long_is_interrupted_and_the_session_goes_on(session: Session) -> None:
    session.run("x = 1")
    with pytest.raises(CellTimeout) as told:
        session.run("while True: pass", timeout_s=0.3)
    assert not told.value.is_session_over
    assert session.run("x").result == {"text/plain": "1"}


def test_a_program_that_a_cell_waits_for_is_interrupted_too(session: Session) -> None:
    with pytest.raises(CellTimeout) as told:
        session.run("!sleep 600", timeout_s=0.3)
    assert not told.value.is_session_over


def test_a_cell_that_does_not_heed_the_interrupt_ends_with_its_session(session: Session) -> None:
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(CellTimeout) as told:
        session.run(stubborn, timeout_s=0.3)
    assert told.value.is_session_over
    with pytest.raises(KernelLost) as lost:
        session.run("1")
    assert lost.value.reason == "stopped"


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(3)",
        "import ctypes\nctypes.string_at(0)",
        "import os\nif os.fork(): os._exit(0)\nimport time\ntime.sleep(600)",
        "import os\nfor one in range(3, 256):\n    try: os.close(one)\n    except OSError: pass",
    ],
    ids=["exit", "segfault", "child holds the channel", "channel closed"],
)
def test_a_process_that_ends_itself_is_lost_by_its_own_doing(session: Session, source: str) -> None:
    with pytest.raises(KernelLost) as lost:
        session.run(source, timeout_s=20)
    assert lost.value.reason == "died"


def test_too_much_memory_in_one_process_is_an_error_and_the_session_goes_on(fork_server: ForkServer) -> None:
    with fork_server.open_session(limits=Limits(memory_mib=128)) as session:
        error = session.run("x = bytearray(256 * 2**20)").error
        assert error is not None
        assert error.is_memory
        assert session.run("1").error is None


def test_too_much_memory_in_many_processes_is_told_as_such(fork_server: ForkServer) -> None:
    """The system ends the largest of them, which here is the cell's own."""
    greedy = (
        "import os, time\n"
        "for _ in range(5):\n"
        "    if os.fork() == 0:\n"
        "        mine = bytearray(b'y') * (30 * 2**20)\n"
        "        time.sleep(600)\n"
        "time.sleep(.2)\n"
        "kept = bytearray(b'x') * (140 * 2**20)\n"
        "time.sleep(600)\n"
    )
    limits = Limits(memory_mib=160, home_mib=16)
    with fork_server.open_session(limits=limits) as session, pytest.raises(KernelLost) as lost:
        session.run(greedy, timeout_s=20)
    assert lost.value.reason == "memory"


def test_files_lie_at_home(session: Session) -> None:
    session.write_files({"datos/uno.csv": b"a\n1\n", "dos.bin": bytes(range(256))})
    reply = session.run(
        "from pathlib import Path\nPath('datos/uno.csv').read_text(), len(Path('dos.bin').read_bytes())"
    )
    assert reply.result == {"text/plain": "('a\\n1\\n', 256)"}


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "", ".", "a\0b"])
def test_a_file_that_leads_elsewhere_is_refused_before_it_is_sent(session: Session, name: str) -> None:
    with pytest.raises(ValueError, match="home"):
        session.write_files({name: b""})
    assert session.run("1").error is None


def test_a_probe_sees_the_learners_names_and_its_arguments(session: Session) -> None:
    session.run("total = 42")
    assert session.ask(HOLD, "hold", {"a": [1, 2.5, "ñ", None, True]}) == {"a": [1, 2.5, "ñ", None, True]}
    assert look(session, "total") == 42


def test_a_probe_sees_the_last_cells_figures_open(session: Session) -> None:
    session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('uno')")
    session.run("sin_dibujo = 1")
    assert look(session, "[axes.get_title(loc='left') for axes in plt.gcf().axes]") == ["uno"]


def test_probes_leave_no_figures_for_the_next_cell(session: Session) -> None:
    session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    look(session, "len(plt.get_fignums())")
    assert session.run("plt.get_fignums()").result == {"text/plain": "[]"}


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("object()", "not JSON serializable"),
        ("float('nan')", "not JSON compliant"),
        ("nombre_que_no_existe", "NameError"),
        ("__import__('sys').exit(1)", "SystemExit"),
        ("10 ** 5000", "digits"),
    ],
)
def test_a_probe_without_a_plain_value_is_refused_and_the_session_goes_on(
    session: Session, what: str, says: str
) -> None:
    with pytest.raises(ProbeRefused, match=says):
        look(session, what)
    assert look(session, "1 + 1") == 2


def test_a_probe_that_says_too_much_is_refused(session: Session) -> None:
    with pytest.raises(ProbeRefused, match="longer than"):
        look(session, "'x' * 10_000", most_bytes=5_000)


def test_a_probe_that_calls_an_endless_function_is_refused_for_time(session: Session) -> None:
    session.run("def f():\n    while True: pass")
    with pytest.raises(ProbeRefused) as refused:
        look(session, "f()", timeout_s=0.3)
    assert refused.value.is_timeout
    assert look(session, "1 + 1") == 2


def test_randomness_is_the_seeds(fork_server: ForkServer) -> None:
    draw = "import random, numpy as np\n(random.random(), float(np.random.rand()))"
    drawn = []
    for seed in (7, 7, 8, None, None):
        with fork_server.open_session(seed=seed) as session:
            drawn.append(str(session.run(draw).result))
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == 4


def test_a_session_sees_the_data_sets_it_was_given_and_no_other(fork_server: ForkServer) -> None:
    names = "import os\nsorted(os.listdir(os.environ['AULA_DATA']))"
    with fork_server.open_session(datasets=("mx-entidades",)) as session:
        assert session.run(names).result == {"text/plain": "['mx-entidades']"}
    with fork_server.open_session(datasets=()) as session:
        assert session.run(names).result == {"text/plain": "[]"}
    with fork_server.open_session(datasets=None) as session:
        assert "mx-municipios" in str(session.run(names).result)


@pytest.mark.parametrize("name", ["no-such-data", "../mx-entidades", ".", "mx-entidades/.."])
def test_a_data_set_that_is_not_there_opens_no_session(fork_server: ForkServer, name: str) -> None:
    with pytest.raises(KernelUnavailable, match="no data set"), fork_server.open_session(datasets=(name,)):
        pass


def test_a_closed_session_leaves_nothing_behind(fork_server: ForkServer) -> None:
    eventually(lambda: fork_server.status().kernels == 0)
    with fork_server.open_session() as session:
        session.run("import subprocess\nsubprocess.Popen(['sleep', '600'], start_new_session=True)")
        assert fork_server.status().kernels == 1
    eventually(lambda: fork_server.status().kernels == 0)
    with pytest.raises(KernelLost):
        session.run("1")


def test_sessions_are_apart(fork_server: ForkServer) -> None:
    with fork_server.open_session() as one, fork_server.open_session() as other:
        one.run("secreto = 1\nopen('secreto.txt', 'w').write('x')")
        assert other.run("'secreto' in globals(), __import__('os').path.exists('secreto.txt')").result == {
            "text/plain": "(False, False)"
        }


def test_numbers_come_whole(session: Session) -> None:
    values = look(session, "[0.1 + 0.2, 1e308, -0.0, 2**63]")
    assert values[0] == 0.1 + 0.2
    assert values[1:2] + values[3:] == [1e308, 2**63]
    assert math.copysign(1, values[2]) == -1


def test_a_probe_whose_first_loading_was_interrupted_is_sent_again(session: Session) -> None:
    slow_once = (
        "import os, time\nif not os.path.exists('seen'):\n    open('seen', 'w').close()\n    time.sleep(60)\n"
        "def give(user_ns, arguments):\n    return 1\n"
    )
    with pytest.raises(ProbeRefused) as caught:
        session.ask(slow_once, "give", {}, timeout_s=1)
    assert caught.value.is_timeout
    assert [session.ask(slow_once, "give", {}) for _ in range(2)] == [1, 1]


def test_a_probe_is_compiled_by_a_session_with_another_python(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notebooks.sandbox.session.MAGIC_NUMBER", b"another")
    monkeypatch.setattr("notebooks.sandbox.session.marshal", SimpleNamespace(dumps=lambda code: b"nothing of use"))
    other = f"# of another Python\n{HOLD}"
    assert session.ask(other, "hold", {"a": 1}) == {"a": 1}
