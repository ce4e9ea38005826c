"""How a dataset is cited, wherever it is used."""

from flask_babel import gettext as _

from courses import Dataset, Language


def cite(dataset: Dataset, language: Language, address: str) -> str:
    """Publisher, year, title, version and address, in the order that DataCite recommends."""
    year = dataset.created[:4]
    title = dataset.title.for_language(language)
    text = _(
        "%(publisher)s (%(year)s). %(title)s, versión %(version)s. Aula Abierta. %(address)s",
        publisher=dataset.publisher, year=year, title=title, version=dataset.version, address=address,
    )  # fmt: skip
    return str(text)
