"""``bootstrap.php``: whom an application believes about its clients, and by which names it lets itself be called."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Address
from kmtopo_laravel.families import Family
from kmtopo_laravel.php import OPENING, origin, quoted

_STEP = "    "
_LABEL = "[a-z0-9-]+"

# The list of tenants may change while the application runs, and be too long to try every name of it.
_LISTED = """\
    $middleware->trustHosts(at: static function (): array {
        $hosts = (require __DIR__.'/tenants.php')['hosts'];
        $host = strtolower((string) strtok((string) request()->headers->get('HOST'), ':'));

        return [
            isset($hosts[$host]) ? '^'.preg_quote($host).'$' : '^$',
"""


def bootstrap(family: Family) -> str:
    """Returns what sets the proxies and hosts that an application trusts."""
    target = f"{family.first.runtime.folders[0].target}/bootstrap.php"
    return "".join(
        (
            f"{OPENING}//\n// In bootstrap/app.php:\n//\n//     ->withMiddleware(require {quoted(target)})\n\n",
            "use Illuminate\\Foundation\\Configuration\\Middleware;\n\n",
            "return static function (Middleware $middleware): void {\n",
            *_proxies(family),
            *_hosts(family),
            "};\n",
        )
    )


def _proxies(family: Family) -> Iterator[str]:
    yield f"{_STEP}$middleware->trustProxies(at: [\n"
    for network in family.edges():
        yield _row(network.address, network.subnet, 2)
    for vps in family.distant():
        yield _row(vps.address, vps.private_ip or "", 2)
    yield f"{_STEP}]);\n"


def _hosts(family: Family) -> Iterator[str]:
    """Yields the call that names the hosts; none where whoever asks is answered, by whatever name."""
    if not family.deployment.hosts:
        return
    if family.serves_all:
        rows = (_row(address, _expression(name), 3) for address, name in _names(family))
        yield f"{_LISTED}{''.join(rows)}{_STEP * 2}];\n{_STEP}}}, subdomains: false);\n"
        return
    yield f"{_STEP}$middleware->trustHosts(at: [\n"
    for address, name in _names(family):
        yield _row(address, _expression(name), 2)
    yield f"{_STEP}], subdomains: false);\n"


def _names(family: Family) -> Iterator[tuple[Address, str]]:
    """Yields the names that it is called by, but for those that the list of tenants has letter for letter."""
    tenants, own, serves_all = family.deployment.tenants, family.first.tenant, family.serves_all
    for host in family.deployment.hosts:
        is_pattern = serves_all and host.name.startswith("*.")
        if host.tenant == own or (is_pattern and host.tenant and not tenants[host.tenant].dedicated):
            yield host.origin, host.name
    if any(member.port and member.port.protocol == "http" for member in family.members):
        # Its own health check calls it so.
        yield family.first.address, "127.0.0.1"


def _expression(name: str) -> str:
    """Writes a name as a regular expression for the whole of it; ``*`` stands for one label."""
    return f"^{name.replace('.', chr(92) + '.').replace('*', _LABEL)}$"


def _row(address: Address, value: str, depth: int) -> str:
    return f"{_STEP * depth}{origin(address)}\n{_STEP * depth}{quoted(value)},\n"
