"""A probe that asks back: how a conversation goes, and how each ends that does not go well."""

from typing import Any

import pytest

from notebooks import KernelLost, ProbeRefused, Session


def converse(session: Session, body: str, answer: Any = None, **limits: Any) -> Any:
    """What a probe with this body gives; it finds the learner's names, its arguments and `ask`."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    probe = f"def talk(user_ns, arguments, ask):\n{lines}\n"
    return session.converse(probe, "talk", {"n": 3}, answer or (lambda request: request), **{"timeout_s": 20, **limits})


def test_a_probe_asks_as_often_as_it_needs(session: Session) -> None:
    squares = converse(
        session, "return [ask({'of': k}) for k in range(arguments['n'])]", lambda asked: asked["of"] ** 2
    )
    assert squares == [0, 1, 4]


def test_a_probe_that_asks_nothing_just_answers(session: Session) -> None:
    session.run("x = 4")
    assert converse(session, "return user_ns['x']") == 4


def test_a_session_serves_on_after_a_conversation(session: Session) -> None:
    converse(session, "return ask(1)")
    assert session.run("1 + 1").result == {"text/plain": "2"}


def test_what_a_probe_raises_is_told(session: Session) -> None:
    with pytest.raises(ProbeRefused, match="ZeroDivisionError"):
        converse(session, "return ask(1) / 0")
    assert converse(session, "return ask(1)") == 1


def test_what_the_answer_raises_comes_out_and_the_session_serves_on(session: Session) -> None:
    def refuse(request: Any) -> Any:
        raise LookupError(request)

    with pytest.raises(LookupError, match="7"):
        converse(session, "try:\n    return ask(7)\nexcept Exception:\n    return 'swallowed'", refuse)
    assert converse(session, "return ask(1)") == 1


def test_a_conversation_that_takes_too_long_is_interrupted_and_the_session_serves_on(session: Session) -> None:
    with pytest.raises(ProbeRefused) as told:
        converse(session, "while True: pass", timeout_s=0.3)
    assert told.value.is_timeout
    assert converse(session, "return ask(1)") == 1


def test_endless_questions_end_at_their_limit(session: Session) -> None:
    with pytest.raises(ProbeRefused, match="more than 5 times"):
        converse(session, "while True: ask(1)", most_requests=5)
    with pytest.raises(KernelLost):
        session.run("1")


def test_what_is_said_counts_together(session: Session) -> None:
    with pytest.raises(ProbeRefused, match="longer"):
        converse(session, "while True: ask('x' * 400)", most_bytes=2_000)


@pytest.mark.parametrize(
    "body",
    [
        "import concurrent.futures as f\nwith f.ThreadPoolExecutor(1) as pool: return pool.submit(ask, 1).result()",
        "class Sly(dict):\n    def items(self):\n        return [('a', ask(1))]\nreturn ask(Sly(a=0))",
    ],
    ids=["from a thread", "within a question"],
)
def test_a_question_out_of_turn_is_refused_and_nothing_hangs(session: Session, body: str) -> None:
    """What was refused inside was never sent, so the session serves on."""
    with pytest.raises(ProbeRefused, match="out of turn"):
        converse(session, body)
    assert converse(session, "return ask(1)") == 1


def test_a_question_after_the_end_is_refused_inside(session: Session) -> None:
    converse(session, "user_ns['kept'] = ask\nreturn ask(1)")
    error = session.run("kept(2)").error
    assert error is not None
    assert "out of turn" in error.value


SEIZE = "import socket\nchannel = ask.__self__._channel\n"


@pytest.mark.parametrize(
    "said",
    [
        b"garbage\n",
        b'{"id":1,"request":1,"answer":2}\n',
        b'{"id":1,"request":1e999}\n',
        b'{"id":7,"request":1}\n',
        b'{"id":1}\n',
        b'{"id":1,"request":1}\n{"id":1,"request":1}\n',
        b'{"id":1,"answer":{"value":1}}\n{"id":2,"answer":{"value":1}}\n',
    ],
    ids=["no JSON", "both at once", "beyond bounds", "another number", "neither", "two at once", "answers beforehand"],
)
def test_a_process_that_speaks_past_its_turn_is_ended(session: Session, said: bytes) -> None:
    with pytest.raises(ProbeRefused):
        converse(session, f"{SEIZE}channel.sendall({said!r})\nwhile True: pass")
    with pytest.raises(KernelLost) as lost:
        session.run("1")
    assert lost.value.reason == "died"


def test_a_process_that_ends_in_the_midst_of_a_conversation_is_lost(session: Session) -> None:
    with pytest.raises(KernelLost):
        converse(session, "import os\nask(1)\nos._exit(0)")


def test_a_process_that_closes_its_channel_is_lost(session: Session) -> None:
    with pytest.raises(KernelLost):
        converse(session, f"{SEIZE}channel.shutdown(socket.SHUT_RDWR)\nwhile True: pass")
