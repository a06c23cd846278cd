"""OpenSlides 3.3: named ballots one by one, in its own process, HTTP without a wire, SQLite as it comes.

Run as ``worker_openslides.py FOLDER COUNT`` by the interpreter of its environment; prints the seconds of each ballot.
"""

import collections
import collections.abc
import json
import os
import sys
import warnings
from pathlib import Path
from time import perf_counter
from typing import Any

warnings.simplefilter("ignore")
# It was written for a Python in which these names stood elsewhere.
for _name in collections.abc.__all__:
    if not hasattr(collections, _name):
        setattr(collections, _name, getattr(collections.abc, _name))

_VOTED = 200
folder, count = Path(sys.argv[1]), int(sys.argv[2])
os.environ["OPENSLIDES_USER_DATA_DIR"] = str(folder)


def _settings() -> None:
    """Write its settings as it does itself, with voting switched on, and make its tables."""
    from openslides.utils.main import write_settings

    write_settings(str(folder), "settings.py")
    with open(folder / "settings.py", "a", encoding="utf-8") as file:
        file.write("\nENABLE_ELECTRONIC_VOTING = True\nALLOWED_HOSTS = ['*']\nLOGGING = {'version': 1}\n")
        file.write(f"DATABASES['default']['NAME'] = {str(folder / 'db.sqlite3')!r}\n")
    sys.path.insert(0, str(folder))
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"


def _poll() -> Any:
    """A motion with a named poll that is open to the users' group."""
    from openslides.motions.models import Motion, MotionPoll

    motion = Motion(title="motion")
    motion.save()
    poll = MotionPoll(
        motion=motion, title="poll", pollmethod="YNA", type="named", state=2, onehundred_percent_base="YN",
        majority_method="simple",
    )  # fmt: skip
    poll.save()
    poll.create_options()
    poll.groups.add(_group())
    return poll


def _group() -> Any:
    """The group that votes."""
    from openslides.users.models import Group

    return Group.objects.get(name="Delegates")


def main() -> None:
    _settings()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    # The cache was made before there were tables.
    from asgiref.sync import async_to_sync
    from openslides.core.config import config
    from openslides.utils.cache import element_cache

    config.save_default_values()
    async_to_sync(element_cache.async_ensure_cache)(True)
    from openslides.users.models import User
    from rest_framework.test import APIClient

    users = []
    for place in range(count):
        user = User.objects.create_user(username=f"m{place}", password="x", is_present=True)
        user.groups.add(_group())
        users.append(user)
    poll = _poll()
    async_to_sync(element_cache.async_ensure_cache)(True)
    clients = [APIClient() for _ in users]
    for client, user in zip(clients, users, strict=True):
        assert client.login(username=user.username, password="x")
    seconds = []
    for client in clients:
        begun = perf_counter()
        answer = client.post(f"/rest/motions/motion-poll/{poll.pk}/vote/", {"data": "Y"}, format="json")
        seconds.append(perf_counter() - begun)
        assert answer.status_code == _VOTED, answer.content
    print(json.dumps(seconds))


main()
