"""Four human steps on django-viewflow: each task read from SQLite and executed in one durable transaction."""

import sys
from dataclasses import dataclass
from time import perf_counter
from types import ModuleType

import django
from django.conf import settings
from protocol import serve

ADDRESSES = "no_addresses"

sys.modules[ADDRESSES] = ModuleType(ADDRESSES)
sys.modules[ADDRESSES].urlpatterns = []  # type: ignore[attr-defined]
settings.configure(
    SECRET_KEY="of no use to anyone",
    USE_TZ=True,
    ROOT_URLCONF=ADDRESSES,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "viewflow",
        "viewflow.workflow",
        "viewflow_peer",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sys.argv[1],
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from viewflow.workflow import STATUS  # noqa: E402
from viewflow.workflow.models import Process, Task  # noqa: E402
from viewflow_peer.flows import STEPS, Spending  # noqa: E402

call_command("migrate", verbosity=0)
for name in STEPS:
    User.objects.create(username=name)


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


assert (pragma("journal_mode"), pragma("synchronous")) == ("wal", 2)


@dataclass(frozen=True)
class Asked:
    """What a task looks at of a request: who asks."""

    user: User


def matter() -> list[float]:
    process = Spending.start.run()
    taken = []
    for name in STEPS:
        begun = perf_counter()
        with transaction.atomic():
            user = User.objects.get(username=name)
            task = Task.objects.get(process_id=process.pk, status=STATUS.ASSIGNED, owner=user)
            with task.activation() as activation:
                activation.start(Asked(user))
                activation.execute()
        taken.append(perf_counter() - begun)
    assert Process.objects.get(pk=process.pk).status == "DONE"
    return taken


serve(matter)
