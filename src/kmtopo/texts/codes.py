"""The codes of all diagnostics: what each is called, and how much it weighs."""

from __future__ import annotations

from kmtopo.values import frozen


@frozen
class Code:
    """A kind of diagnostic: its stable word, and ``error``, ``warning`` or ``info``."""

    name: str
    severity: str


def _error(name: str) -> Code:
    return Code(name, "error")


def _warning(name: str) -> Code:
    return Code(name, "warning")


def _info(name: str) -> Code:
    return Code(name, "info")


CODES: dict[str, Code] = {
    # 1xx: reading and YAML (source, syntax)
    "KM101": _error("yaml-syntax"),
    "KM102": _error("yaml-tab"),
    "KM103": _error("key-duplicate"),
    "KM104": _error("yaml-tag"),
    "KM105": _error("yaml-documents"),
    "KM106": _error("yaml-key-type"),
    "KM107": _error("yaml-too-deep"),
    "KM108": _error("yaml-alias-unknown"),
    "KM109": _error("yaml-alias-budget"),
    "KM110": _error("yaml-merge-invalid"),
    "KM111": _error("text-not-utf8"),
    "KM112": _error("text-control-character"),
    "KM113": _error("file-too-large"),
    "KM115": _error("file-missing"),
    "KM116": _error("file-unreadable"),
    "KM117": _error("yaml-empty"),
    "KM118": _error("path-escape"),
    "KM119": _error("include-not-a-topology"),
    "KM120": _error("include-nested"),
    "KM121": _error("include-twice"),
    "KM122": _error("table-invalid"),
    # 2xx: one entry by itself (model)
    "KM201": _error("unknown-key"),
    "KM202": _error("wrong-type"),
    "KM203": _error("missing-key"),
    "KM204": _error("bad-value"),
    "KM205": _error("slug-invalid"),
    "KM206": _error("boolean-spelling"),
    "KM207": _error("quantity-invalid"),
    "KM208": _error("domain-invalid"),
    "KM209": _error("address-invalid"),
    "KM210": _error("image-invalid"),
    "KM211": _error("port-invalid"),
    "KM212": _error("path-invalid"),
    "KM213": _error("compose-word"),
    "KM214": _error("language-version"),
    "KM215": _error("reference-syntax"),
    "KM216": _error("env-key-invalid"),
    "KM217": _error("env-unrepresentable"),
    "KM218": _error("why-missing"),
    "KM219": _error("unknown-type"),
    "KM220": _error("not-supported-yet"),
    # 3xx: one environment (resolve)
    "KM301": _error("unknown-name"),
    "KM302": _error("extends-cycle"),
    "KM303": _error("overlay-without-base"),
    "KM304": _error("reference-unknown"),
    "KM305": _error("vps-missing"),
    "KM306": _error("network-missing"),
    "KM307": _error("image-missing"),
    "KM308": _error("removed-but-needed"),
    "KM309": _error("pool-exhausted"),
    "KM310": _error("lock-invalid"),
    "KM311": _error("lock-conflict"),
    "KM312": _error("publish-without-address"),
    "KM313": _error("domain-missing"),
    "KM314": _error("volume-path-missing"),
    "KM315": _error("bind-outside-development"),
    "KM316": _error("route-without-port"),
    "KM317": _error("replicas-published"),
    "KM318": _error("environment-missing"),
    "KM319": _error("tls-acme-impossible"),
    "KM321": _error("vps-changed"),
    "KM322": _error("volume-shared"),
    "KM323": _error("private-address-missing"),
    "KM324": _error("volume-on-two-machines"),
    "KM325": _error("external-has-no"),
    "KM326": _error("external-routed"),
    "KM330": _error("copy-name-taken"),
    "KM331": _error("nothing-to-dedicate"),
    "KM332": _warning("shared-calls-pooled-only"),
    "KM333": _error("pooled-original-missing"),
    # 4xx: building the graph
    "KM401": _error("call-cycle"),
    # 5xx: rules over the whole graph (checks)
    "KM501": _error("connection-without-shared-network"),
    "KM502": _info("reachability-excess"),
    "KM503": _error("port-conflict"),
    "KM504": _error("port-on-internal-only"),
    "KM505": _error("port-public-datastore"),
    "KM506": _error("domain-twice"),
    "KM507": _error("subnet-overlap"),
    "KM508": _error("policy-deny"),
    "KM509": _error("policy-publish"),
    "KM510": _error("cost-over-budget"),
    "KM512": _error("capacity-memory-overcommit"),
    "KM513": _warning("capacity-cpu-overcommit"),
    "KM514": _warning("capacity-disk"),
    "KM515": _error("capacity-cpu-single"),
    "KM516": _warning("image-unpinned"),
    "KM517": _warning("store-not-provisioned"),
    "KM518": _warning("resources-unbounded"),
    "KM519": _error("laravel-debug-in-production"),
    "KM520": _error("secret-literal-in-environment"),
    "KM521": _warning("accept-unused"),
    "KM522": _error("laravel-scheduler-replicas"),
    "KM523": _warning("laravel-legacy-key"),
    "KM524": _error("env-key-duplicate"),
    "KM525": _error("store-kind-unfit"),
    "KM526": _error("identifier-too-long"),
    "KM527": _error("secret-collision"),
    "KM540": _error("laravel-worker-timeout"),
    "KM541": _error("laravel-shared-prefix"),
    "KM542": _error("laravel-session-domain-wide"),
    "KM543": _error("laravel-vite-secret"),
    "KM544": _warning("laravel-redis-tenancy-predis"),
    "KM545": _warning("store-administrator-shared"),
    "KM550": _error("external-unreachable"),
    "KM560": _error("environment-unlike"),
    "KM561": _error("tenants-not-isolated"),
    "KM562": _info("pooled-tenants-share"),
    # 6xx: generators
    "KM602": _error("artifact-path"),
    "KM603": _error("artifact-collision"),
    "KM604": _error("generator-unknown"),
    "KM605": _warning("layout-unavailable"),
    "KM610": _error("nginx-resolve-unsupported"),
    "KM611": _error("secret-without-command"),
    "KM612": _error("command-unclosed-quote"),
    "KM613": _error("nginx-acme-unsupported"),
    "KM620": _error("pg-superuser-app"),
    "KM621": _error("pg-connection-budget"),
    "KM622": _error("pg-trust-auth"),
    "KM623": _error("pg-locale-unsupported"),
    "KM624": _warning("pg-initdb-only"),
    "KM630": _error("redis-own-command"),
    "KM631": _warning("redis-eviction-mixed"),
    "KM632": _info("redis-flush-refused"),
    "KM633": _error("mongo-auth-disabled"),
    "KM634": _error("redis-user-collision"),
    # 7xx: writing
    "KM701": _error("write-failed"),
    "KM702": _error("disk-full"),
    "KM703": _error("file-system-read-only"),
    "KM704": _error("symlink-on-the-way"),
    "KM705": _error("generated-file-edited"),
    "KM706": _error("build-running"),
    "KM707": _error("manifest-invalid"),
    "KM708": _error("not-permitted"),
    "KM709": _info("build-completed-after-interruption"),
    "KM710": _error("output-folder-refused"),
    # 8xx: secrets
    "KM801": _error("secret-missing"),
    "KM802": _error("secret-empty"),
    "KM803": _warning("secret-weak"),
    "KM804": _warning("secret-shared"),
    "KM805": _error("secret-world-readable"),
    "KM806": _error("secret-tracked-by-git"),
    "KM807": _warning("secret-mode"),
    "KM808": _info("secret-unused"),
    "KM809": _warning("certificate-doubtful"),
    "KM810": _error("certificate-unusable"),
    "KM811": _warning("secret-in-build-context"),
    "KM812": _error("secret-of-its-owner"),
    "KM813": _error("program-missing"),
    "KM814": _error("program-failed"),
    "KM815": _error("sops-rule-missing"),
    "KM816": _error("secret-place"),
    # 9xx: kmtopo itself
    "KM999": _error("bug"),
}
