"""Claim: users of Redis get at the keys of their own spaces, and no rule lets them do what an administrator does."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.stores import DataStore
from kmtopo.verify.claims.stores import CODE, provisioned
from kmtopo.verify.facts import Due, Finding, Place, Said, Subject, compare
from kmtopo.verify.readers.acl import User, users
from kmtopo.verify.rebuilt import Rebuilt

_PROBE = "probe"
_EVERYBODY = "default"
_NEVER = ("-@admin", "-@dangerous", "-@scripting", "-client")
# Single commands that an application may have back from what is forbidden above.
_BACK = frozenset(
    {"+eval", "+evalsha", "+script|exists", "+script|load", "+client|getname", "+client|id", "+client|setname"}
)


def keys(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the users, their secrets, keys and channels equal to the store's logins and spaces."""
    for file, store, known in _lists(rebuilt, deployment):
        built = {user.name: Said(_scope(user), user.place) for user in known if user.on and user.name != _PROBE}
        wanted = _wanted(store)
        yield from compare(Subject(CODE, Term("login"), store.container), built, wanted, Place(file), store.address)


def commands(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Sees that nobody but the administrator may run what reaches beyond its own keys."""
    for _, store, known in _lists(rebuilt, deployment):
        others = [user for user in known if user.on and user.name not in (_PROBE, store.administrator.name)]
        for user in known:
            subject = Subject(CODE, Term("right"), f"{store.container}/{user.name}")
            for word in _too_much(user, store, alone=len(others) == 1):
                yield Finding(subject, user.place, "extra", word, origin=store.address)


def _lists(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[tuple[str, DataStore, list[User]]]:
    for file, store in provisioned(rebuilt, deployment, "redis"):
        yield file, store, list(users(file, rebuilt.files[file]))


def _scope(user: User) -> str:
    return f"secret {user.secret}, keys {' '.join(user.keys)}, channels {' '.join(user.channels)}"


def _wanted(store: DataStore) -> dict[str, Due]:
    administrator = store.administrator
    found = {administrator.name: Due(f"secret {administrator.secret}, keys *, channels *", store.address)}
    for login in store.logins():
        own = [space for space in store.spaces if login in space.logins]
        patterns = " ".join(f"{space.name}*" for space in own)
        found[login.name] = Due(f"secret {login.secret}, keys {patterns}, channels {patterns}", own[0].address)
    return found


def _too_much(user: User, store: DataStore, *, alone: bool) -> Iterator[str]:
    if user.open:
        yield "nopass"
    if user.name == _EVERYBODY and user.on:
        yield "on"
    if not user.on or user.name == store.administrator.name:
        return
    allowed = {"+ping"} if user.name == _PROBE else _BACK | ({"+flushdb"} if alone else set())
    given = [word for word in user.commands if word.startswith("+")]
    yield from (word for word in given if word not in allowed and word != "+@all")
    if "+@all" in given:
        yield from (f"+{word[1:]}" for word in _NEVER if word not in user.commands)
        if user.name == _PROBE:
            yield "+@all"
