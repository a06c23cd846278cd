"""One person at work in one office: what every screen is given."""

from datetime import date
from functools import cached_property

from core.access.account import Role
from core.access.accounts import account_of
from core.access.readers_desk import ReadersDesk
from core.acts import Act
from core.errors import StoreError
from core.office import Office
from core.people import Organisation
from core.verdict import Result
from tui.drafts import Drafts
from tui.page import Page, pages_of


class Session:
    """The office, the person who acts, and his drafts. In a `demo` the person may be changed."""

    def __init__(self, office: Office, person: str, *, demo: bool = False) -> None:
        self.office, self.person, self.demo = office, person, demo
        self.drafts = Drafts(office.store.storage.path, person)
        self.fault = ""
        self._desk: ReadersDesk | None = None

    @property
    def desk(self) -> ReadersDesk:
        """What this person may look up; what is judged of acts is judged at the office's own desk."""
        if self._desk is None:
            self._desk = self.office.desk_of(self.person)
        return self._desk

    @property
    def day(self) -> date:
        return self.office.desk.day

    @property
    def organisation(self) -> Organisation:
        return self.office.desk.organisation

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The screens that the families bring along."""
        return tuple(pages_of(self.office.host))

    def become(self, person: str) -> None:
        """Act as somebody else from now on; only in a demonstration."""
        if self.demo:
            self.person, self._desk = person, None
            self.drafts = Drafts(self.office.store.storage.path, person)

    def described(self, person: str = "") -> str:
        """Name, unit and post of a person, of the one who acts when none is named; an administrator's role."""
        account = account_of(self.office.store, person or self.person)
        if account is not None and account.role is not Role.STAFF:
            return f"{account.name}（{account.role.title}）"
        return self.organisation.described(person or self.person, self.day)

    def perform(self, act: Act) -> Result | None:
        """Do the act; None when the records could not be written, and `fault` says why in one sentence."""
        try:
            return self.office.perform(act)
        except StoreError as error:
            self.fault = str(error)
            return None

    def stamp(self) -> tuple[int, date]:
        """Changes when anything was recorded or a new day began; what has been drawn since is still true."""
        head = self.office.journal.head()
        return head.sequence if head else 0, self.day
