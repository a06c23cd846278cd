"""Setting an office up from documents that were exported from another store."""

from datetime import date
from pathlib import Path

from core.acts import SYSTEM
from core.codec import duty_from_document, notice_from_document
from core.days.duty_book import OPENED
from core.errors import StoreError
from core.host import reason_of
from core.indexes import prepare
from core.office import Office
from core.roll import REVISION, Roll
from core.store.document import StoreDocument
from core.store.exchange import IMPORTING_ACT, import_documents


def adopt(office: Office, path: Path, since: date | None = None) -> int:
    """Take all documents of the file into an office not yet set up, and count on from its numbers; returns how many.

    Duties are owed from `since` on, from today without it. Raises `StoreError` when the office has been set up, or
    the file is not of an export's form; nothing is taken over then.
    """
    if office.store.meta(OPENED):
        raise StoreError("这个单位的记录已经建立，只能导入到新的记录库")
    try:
        return _taken_over(office, path, since)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        said = f"文件 {path} 里有本程序读不懂的记录（{reason_of(error)}），一份也没有导入"
        raise StoreError(f"{said}；请用“guizhang export”导出的文件，不要手工改动") from error


def _taken_over(office: Office, path: Path, since: date | None) -> int:
    store = office.store
    rulebook = office.rulebook.digest
    with store.transaction(SYSTEM, IMPORTING_ACT, session=office.session, rulebook=rulebook) as transaction:
        prepare(store, office.host)
        count = import_documents(store, path, SYSTEM)
        transaction.set_meta(OPENED, (since or office.desk.day).isoformat())
        transaction.set_meta(REVISION, "1")
        for series, highest in _read(office).items():
            transaction.set_meta(f"number.{series}", str(highest))
    return count


def _read(office: Office) -> dict[str, int]:
    """The highest number of each series; everything that the office lives on is read once, and raises if it cannot."""
    desk, store = office.desk, office.store
    _ = Roll(office.agency, store).current
    for document in store.table("duties"):
        duty_from_document(document)
    for document in store.table("notices"):
        notice_from_document(document)
    last: dict[str, int] = {}
    for document in store.table("matters"):
        assert isinstance(document, StoreDocument)
        matter = desk.to_matter(document)
        series, _, number = matter.number.rpartition("-")
        last[series] = max(last.get(series, 0), int(number))
    return last
