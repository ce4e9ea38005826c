"""Only forms that say so may bring a file; all others stay small."""

import io

from support.webclient import PAGE, School

MIB = 2**20


def send(school: School, path: str, size: int) -> int:
    """The status of a form of this size, by what the browser says of it."""
    answer = school.browser().client.post(
        path, input_stream=io.BytesIO(b"--x"), content_type="multipart/form-data; boundary=x", headers=PAGE,
        environ_overrides={"CONTENT_LENGTH": str(size)},
    )  # fmt: skip
    return answer.status_code


def test_a_form_without_a_file_stays_small(school: School) -> None:
    assert send(school, "/entrar", MIB) == 413


def test_a_form_with_a_file_takes_what_it_says_and_no_more(school: School) -> None:
    assert send(school, "/taller/importar", MIB) != 413
    assert send(school, "/taller/importar", 21 * MIB) == 413
