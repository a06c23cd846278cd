"""Setting an office up from documents that were exported from another store."""

from datetime import date
from pathlib import Path

from core.acts import SYSTEM
from core.duty_book import OPENED
from core.errors import StoreError
from core.indexes import prepare
from core.office import Office
from core.roll import REVISION
from core.store.exchange import IMPORTING_ACT, import_documents


def adopt(office: Office, path: Path, since: date | None = None) -> int:
    """Take all documents of the file into an office not yet set up, and count on from its numbers; returns how many.

    Duties are owed from `since` on, from today without it. Raises `StoreError` when the office has been set up, or
    the file is not of an export's form; nothing is taken over then.
    """
    store = office.store
    if store.meta(OPENED):
        raise StoreError("这个单位的记录已经建立，只能导入到新的记录库")
    rulebook = office.rulebook.digest
    with store.transaction(SYSTEM, IMPORTING_ACT, session=office.session, rulebook=rulebook) as transaction:
        prepare(store, office.host)
        count = import_documents(store, path, SYSTEM)
        transaction.set_meta(OPENED, (since or office.desk.day).isoformat())
        transaction.set_meta(REVISION, "1")
        last: dict[str, int] = {}
        for document in store.table("matters"):
            series, _, number = str(document["number"]).rpartition("-")
            last[series] = max(last.get(series, 0), int(number))
        for series, highest in last.items():
            transaction.set_meta(f"number.{series}", str(highest))
    return count
