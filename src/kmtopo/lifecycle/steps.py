"""The steps on one machine, in the order in which they do no harm: data stores, schemas, applications, proxy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from shlex import join

from kmtopo.lifecycle.stack import Difference, Stack, difference, followers, stack
from kmtopo.resolve.deployment import Container, Deployment
from kmtopo.trace import opened
from kmtopo.values import frozen

COMPOSE = "compose.yaml"
_UP = ("docker", "compose", "up", "-d")
_TENANT = "tenants."
# Nginx when it is told, Laravel with each request and each job.
_READS_AGAIN = ("laravel", "nginx")


@frozen
class Reason:
    """Why something is done: a word of the command line's texts, and whom it is about."""

    word: str
    names: tuple[str, ...] = ()


@frozen
class Step:
    """One thing to do: a command (None where it happens by itself) and what it is for."""

    command: str | None
    reasons: tuple[Reason, ...]


@frozen
class Steps:
    """Everything to do on one machine, and who notices.

    ``is_elsewhere``: the machine is hardly the one that builds. ``notice`` says who notices and what stops for a
    while, None where nothing is left to notice; ``tenants`` are those that alone do. ``untouched`` are the services
    that run on.
    """

    machine: str
    steps: tuple[Step, ...]
    is_elsewhere: bool = False
    notice: Reason | None = None
    tenants: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()


@frozen
class Files:
    """The files of one machine: the changed ones before and after, and all that there are now, by path below its folder."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    now: Mapping[str, str]

    @property
    def changed(self) -> frozenset[str]:
        """The paths of all files that are new, other than before, or gone."""
        return frozenset(self.before) | frozenset(self.after)

    def old(self, path: str) -> str:
        """The content that a file had, "" where there was none."""
        return self.before.get(path, "" if path in self.after else self.now.get(path, ""))


def running(files: Files) -> Stack:
    """Returns what a machine runs, if it was started after the last build; no services where it was not, or cannot."""
    return stack(files.old(COMPOSE), files.old)


def steps(machine: str, files: Files, deployment: Deployment, old: Stack) -> Steps | None:
    """Works out what is to be done on a machine that runs ``old``; None where nothing is."""
    new = stack(files.now[COMPOSE], lambda path: files.now.get(path, "")) if COMPOSE in files.now else None
    if new is None:
        return Steps(machine, (Step(join(("docker", "compose", "-p", old.name, "down")), (Reason("step-gone"),)),))
    return _Change(machine, files, deployment, old, new).steps()


class _Change:
    """One machine's change, looked at from all sides.

    ``first`` are the data stores that have to be up again before their users can be made; ``rest`` is what one
    ``docker compose up -d`` does after that.
    """

    def __init__(self, machine: str, files: Files, deployment: Deployment, old: Stack, new: Stack) -> None:
        self.machine, self.files, self.deployment, self.new = machine, files, deployment, new
        self.whole = difference(old, new)
        self.replaced = frozenset((*self.whole.replaced, *self.whole.forced))
        on_it = {c.name: c for c in deployment.containers_on(machine)}
        self.running = [c for name, c in on_it.items() if name in new.services and name in old.services]
        self.seen = {c.name: [path for path in files.changed if new.mounts(c.name, path)] for c in self.running}
        self.scripts = {c.name: script for c in self.running if (script := self._script(c))}
        self.first = tuple(name for name in self.scripts if name in self.replaced)
        later = tuple(name for name in self.whole.replaced if name not in self.first)
        forced = tuple(name for name in self.whole.forced if name not in self.first)
        self.rest = replace(self.whole, replaced=later, forced=forced, restarted=followers(new, later))
        self.known = _tenants(files.before)
        self.restarting = tuple(c.name for c in self.running if self._reads_once(c))

    def steps(self) -> Steps | None:
        made = (*self._stores(), *self._schemas(), *self._services(), *self._proxies(), *self._others(), *self._left())
        if not made:
            return None
        down = {*self.replaced, *self.rest.restarted, *self.restarting}
        stopping = tuple(name for name in sorted(down) if not self._container(name).once)
        tenants = {self.new.tenant(name) for name in stopping}
        reloaded = (container.name for container in self._going_on("nginx"))
        touched = {*down, *self.whole.created, *self.whole.scaled, *reloaded}
        return Steps(
            machine=self.machine,
            steps=made,
            is_elsewhere=_is_elsewhere(self.machine, self.deployment),
            notice=Reason(self._notice(stopping, tenants), stopping),
            tenants=() if None in tenants else tuple(sorted(name for name in tenants if name)),
            untouched=tuple(name for name in sorted(self.new.services) if name not in touched),
        )

    def _notice(self, stopping: tuple[str, ...], tenants: set[str | None]) -> str:
        if not stopping:
            return "notice-nobody"
        if all(self._container(name).role == "worker" for name in stopping):
            return "notice-jobs"
        if None not in tenants:
            return "notice-some"
        return "notice-tenants" if self.deployment.tenants else "notice-everybody"

    def _stores(self) -> Iterator[Step]:
        """Yields what brings data stores to their new users."""
        if self.first:
            yield Step(join((*_UP, "--wait", *self.first)), (Reason("step-replaces", self.first),))
        for name, script in self.scripts.items():
            yield Step(join(("sh", script)), (Reason("step-provisions", (name,)),))

    def _schemas(self) -> Iterator[Step]:
        """Yields the one-shot that gives new tenants their tables, unless it runs with the services anyway."""
        new = tuple(sorted(self._new_tenants()))
        for container in self.running if new and self.rest == Difference() else ():
            if container.process == "migrate" and container.once and container.tenant is None:
                yield Step(join(("docker", "compose", "run", "--rm", container.name)), (Reason("step-migrates", new),))

    def _services(self) -> Iterator[Step]:
        change = self.rest
        if change.forced:
            command = (*_UP, "--force-recreate", "--no-deps", *change.forced)
            yield Step(join(command), (Reason("step-replaces", change.forced),))
        options = ("--build",) * bool(change.built) + ("--remove-orphans",) * bool(change.removed)
        parts = (
            ("step-replaces", change.replaced),
            ("step-restarts-with", change.restarted),
            ("step-starts", change.created),
            ("step-scales", change.scaled),
            ("step-builds", change.built),
            ("step-removes", change.removed),
        )
        reasons = tuple(Reason(word, names) for word, names in parts if names)
        if reasons:
            yield Step(join((*_UP, *options)), reasons)

    def _proxies(self) -> Iterator[Step]:
        for container in self._going_on("nginx"):
            # By name: without it Nginx would test the image's own configuration, and reload ours all the same.
            ours = f"{container.runtime.folders[0].target}/nginx.conf"
            run = join(("docker", "compose", "exec", container.name, "nginx", "-c", ours))
            yield Step(f"{run} -t && {run} -s reload", (Reason("step-reloads", (container.name,)),))

    def _others(self) -> Iterator[Step]:
        if self.restarting:
            command = join(("docker", "compose", "restart", *self.restarting))
            yield Step(command, (Reason("step-restarts", self.restarting),))
        reading = tuple(container.name for container in self._going_on("laravel") if not container.once)
        if reading:
            yield Step(None, (Reason("step-rereads", reading),))

    def _left(self) -> Iterator[Step]:
        """Yields what closes the door behind tenants that are gone; their data stays until somebody says otherwise."""
        gone = tuple(sorted(self.known - self.deployment.tenants.keys()))
        for container in self.running if gone else ():
            for script in self._beside(container, "deprovision.sh"):
                who = gone[0] if len(gone) == 1 else "TENANT"
                yield Step(join(("sh", script, who)), (Reason("step-deprovisions", gone),))

    def _script(self, container: Container) -> str | None:
        """The script that hands a running server what has changed in its folder, where something has."""
        counts = any("/deprovision" not in path for path in self.seen[container.name])
        return next(self._beside(container, "provision.sh"), None) if counts else None

    def _beside(self, container: Container, name: str) -> Iterator[str]:
        places = (f"{folder.name}/{name}" for folder in container.runtime.folders)
        return (place for place in places if place in self.files.now)

    def _reads_once(self, container: Container) -> bool:
        """Tells whether a running container has to start again to see what is new in its folder."""
        reads_again = container.type in _READS_AGAIN or next(self._beside(container, "provision.sh"), None)
        return bool(self.seen[container.name]) and container.name not in self.replaced and not reads_again

    def _going_on(self, kind: str) -> Iterator[Container]:
        """Yields the containers of a type that see a changed file and are not replaced."""
        for container in self.running:
            if container.type == kind and container.name not in self.replaced and self.seen[container.name]:
                yield container

    def _container(self, name: str) -> Container:
        return self.deployment.containers[name]

    def _new_tenants(self) -> set[str]:
        came = _tenants(self.files.after) - self.known
        unchanged = [text for path, text in self.files.now.items() if path not in self.files.changed]
        return {name for name in came if not any(f" from {_TENANT}{name}\n" in text for text in unchanged)}


def _tenants(contents: Mapping[str, str]) -> set[str]:
    """The tenants that have blocks of their own in some files."""
    found = {address for content in contents.values() for address in opened(content)}
    names = (address.removeprefix(_TENANT) for address in found if address.startswith(_TENANT))
    return {name for name in names if "." not in name}


def _is_elsewhere(machine: str, deployment: Deployment) -> bool:
    known = deployment.vps.get(machine)
    return known is not None and known.public_ip is not None and deployment.environment.stage != "development"
