"""What rules say where a page shows only one of their forms: the whole words, so that advice stays true."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kmtopo.pipeline import CHECKING, Build, run
from kmtopo.report.words import help_text, summary
from kmtopo.source import Source


@dataclass(frozen=True)
class Case:
    """A topology without its first two lines, and what is said about it: place, summary, help."""

    name: str
    topology: str
    said: tuple[str, ...]


CASES = (
    Case(
        "what a list's entry lacks",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {}}
policies:
  - {deny: {from: internet}, why: So}
assumptions:
  - {why: So}
accept:
  - {of: web, why: So}
""",
        (
            "8:12 KM203 the entry has no `to`",
            "    add `to:` and its value",
            "10:5 KM203 the entry has no `of`",
            "    add `of:` and its value",
            "12:5 KM203 the entry has no `rule`",
            "    add `rule:` and its value",
        ),
    ),
    Case(
        "a misspelt why is not missing, too",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {}}
assumptions:
  - {of: web, wy: So}
""",
        (
            "8:15 KM201 unknown key `wy`",
            "    did you mean `why`?",
        ),
    ),
    Case(
        "values of another kind",
        """\
title: [shop]
vps: {main: {capacity: 8}}
networks: [edge]
containers:
  web: {image: "web:1", replicas: two, once: 1, resources: {memory: 1GiB}}
environments: {production: {}}
policies: {}
""",
        (
            "3:8 KM202 expected text, found a list",
            "    write text; a number, `true` or `false` becomes text between quotes",
            "4:24 KM202 expected a mapping, found a whole number",
            "    write `key: value` below the key, each entry on a line of its own",
            "5:11 KM202 expected a mapping, found a list",
            "    write `key: value` below the key, each entry on a line of its own",
            "7:35 KM202 expected a whole number, found text",
            "    write a whole number, without quotes",
            "7:46 KM202 expected true or false, found a whole number",
            "    write `true` or `false`, without quotes",
            "9:11 KM202 expected a list, found a mapping",
            "    write each item on a line of its own after `- `, or all of them as `[one, two]`",
        ),
    ),
    Case(
        "values out of range",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", title: "", replicas: 0, resources: {memory: 1GiB}}
environments: {production: {stage: prduction}}
""",
        (
            "5:32 KM204 a text for people is empty, longer than 200 characters or holds control characters",
            "    write 1 to 200 characters on one line",
            "5:46 KM204 `0` is not between 1 and 1000",
            "    write a whole number from 1 to 1000",
            "6:36 KM204 `prduction` cannot stand here",
            "    did you mean `production`?",
        ),
    ),
    Case(
        "who has no tenant of its own",
        """\
vps: {main: {address: 203.0.113.10}}
containers:
  web:
    image: "web:1"
    uses: [postgres]
    env: {WHO: "${tenant.slug}"}
    resources: {memory: 1GiB}
  postgres: {type: postgres, image: "postgres:17.6", volumes: {data: 1GiB}, resources: {memory: 1GiB}}
tenancy: {domain: "{tenant}.shop.example", stores: {postgres: database}}
tenants: {north: {placement: dedicated}, south: {}}
environments: {production: {tls: false}}
""",
        (
            "8:16 KM304 `${tenant.slug}` leads nowhere",
            "    several tenants share this container; only the copies of dedicated tenants have a tenant of their own",
        ),
    ),
    Case(
        "what of dedicated tenants cannot be shared",
        """\
vps: {main: {address: 203.0.113.10}}
containers:
  web:
    image: "web:1"
    uses: [postgres]
    publish: ["8080:80"]
    resources: {memory: 1GiB}
  postgres: {type: postgres, image: "postgres:17.6", volumes: {data: 1GiB}, resources: {memory: 1GiB}}
  mail: {type: mailpit, image: "axllent/mailpit:v1.27.8", env: {WHERE: "${containers.web.host}"}, resources: {memory: 1GiB}}
tenancy: {domain: "{tenant}.shop.example", stores: {postgres: database}, placement: dedicated, dedicates: [cron]}
tenants: {north: {}, south: {}, west: {}}
environments: {production: {tls: false}}
""",
        (
            "8:15 KM503 port 8080 of `main` is published by more than one copy of the same container",
            "    remove it: the hosts of a dedicated tenant reach its copy through the proxy",
            "11:72 KM304 `${containers.web.host}` leads nowhere",
            "    each tenant has a copy of its own: only copies of the same tenant can refer to it",
            "12:108 KM301 unknown container `cron`",
            "    declare `cron` under `containers`, or use one of these: mail, postgres, web",
        ),
    ),
    Case(
        "names in policies and acceptances",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {}}
policies:
  - {deny: {from: internet, to: wbe}, why: So}
  - {budget: 1 USD/month, environment: producton, why: So}
  - {publish: [proxy], why: So}
accept:
  - {rule: image-unpined, of: web, why: So}
  - {rule: nothing, of: web, why: So}
""",
        (
            "8:33 KM301 unknown name `wbe`",
            "    did you mean `web`?",
            "9:40 KM301 unknown environment `producton`",
            "    did you mean `production`?",
            "10:16 KM301 unknown container `proxy`",
            "    use one of these: web",
            "12:12 KM301 unknown rule `image-unpined`",
            "    did you mean `image-unpinned`?",
            "13:12 KM301 unknown rule `nothing`",
            "    write the code that a warning is reported with, such as `KM516`, or its name: `image-unpinned`",
        ),
    ),
    Case(
        "a name where nothing is declared",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
tenants: {north: {domain: north.example, zone: north}}
environments: {production: {}}
""",
        (
            "6:48 KM301 unknown zone `north`",
            "    declare `north` under `zones`",
        ),
    ),
    Case(
        "a name that is near nothing",
        """\
vps: {main: {}}
networks: {edge: {}, inner: {}}
containers:
  web: {image: "web:1", networks: [outer], resources: {memory: 1GiB}}
environments: {production: {}}
""",
        (
            "6:36 KM301 unknown network `outer`",
            "    declare `outer` under `networks`, or use one of these: edge, inner",
        ),
    ),
    Case(
        "an overlay over nothing",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {containers: {postgres: null}}}
""",
        (
            "6:42 KM303 there is no `postgres` to change or remove here",
            "    write a name that the base has; what is new says its `type`, `image`, `build` or `extends`",
        ),
    ),
    Case(
        "references that lead nowhere",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", command: "run ${secrets.key}", env: {A: "${x.y.z}"}, resources: {memory: 1GiB}}
environments: {production: {}}
""",
        (
            "5:34 KM304 `run ${secrets.key}` cannot be filled in inside a command",
            "    put it into `env`, where the command can read it as a variable",
            "5:65 KM304 `${x.y.z}` leads nowhere",
            "    refer to `containers.NAME.host`, `containers.NAME.port`, `vps.NAME.address`, `secrets.NAME`, `environment.name`, `project.name` or `env:NAME`",
        ),
    ),
    Case(
        "no machine at all",
        """\
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {}}
""",
        (
            "5:16 KM305 nothing says on which machine `production` runs",
            "    declare a machine, such as `vps: {main: {}}`",
        ),
    ),
    Case(
        "what is removed but needed, without what follows from it",
        """\
vps: {main: {}}
containers:
  base: {image: "web:1", resources: {memory: 1GiB}}
  heir: {extends: base}
  site: {type: static, image: "site:1", resources: {memory: 1GiB}}
  nginx: {type: nginx, image: "nginx:1.29.8", routes: {/: site}, resources: {memory: 1GiB}}
environments:
  production: {tls: false, containers: {base: null, site: null}}
""",
        (
            "10:47 KM308 `base` is removed here, but `heir` needs it",
            "    remove `heir`, too, or let it extend another container",
            "10:59 KM308 `site` is removed here, but `nginx` needs it",
            "    remove that route here, too: its path with `null`",
        ),
    ),
    Case(
        "a route to another network",
        """\
vps: {main: {}}
networks: {edge: {internal: false}, inner: {}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8", networks: [edge], routes: {/: site}, resources: {memory: 1GiB}}
  site: {type: static, image: "site:1", networks: [inner], resources: {memory: 1GiB}}
environments: {production: {tls: false}}
""",
        (
            "6:77 KM501 `nginx` cannot reach `site`: they share no network",
            "    put both on one network: add `edge` to the networks of `site`",
        ),
    ),
    Case(
        "a call that a policy forbids",
        """\
vps: {main: {}}
networks: {edge: {internal: false}, inner: {}}
containers:
  web: {image: "web:1", networks: [edge], uses: [postgres], resources: {memory: 1GiB}}
  postgres: {type: postgres, image: "postgres:17.6", networks: [inner], resources: {memory: 1GiB}}
environments: {production: {}}
policies:
  - {deny: {from: web, to: inner}, why: So}
""",
        (
            "6:50 KM501 `web` cannot reach `postgres`: they share no network",
            "    remove the call, or change `policies[0]`: it keeps `web` off `inner`",
        ),
    ),
    Case(
        "ports that are taken",
        """\
vps: {main: {address: 203.0.113.1}}
containers:
  web: {image: "web:1", publish: [443, "8443:8443", "443:444", "127.0.0.1:9000:1/udp", "127.0.0.1:9000:2/udp"], resources: {memory: 1GiB}}
environments: {production: {}}
""",
        (
            "5:53 KM503 port 443 of `main` is published twice",
            '    give `web` another port of the machine, such as `"9443:444"`',
            "5:88 KM503 port 9000 of `main` is published twice",
            '    give `web` another port of the machine, such as `"127.0.0.1:9001:2/udp"`',
        ),
    ),
    Case(
        "a store published in development",
        """\
vps: {main: {address: 203.0.113.1}}
containers:
  postgres: {type: postgres, image: "postgres:17.6", publish: [5432], resources: {memory: 1GiB}}
environments: {local: {stage: development}}
""",
        (
            "5:64 KM505 `postgres` keeps data and is published beyond this machine",
            '    publish it on loopback: `"127.0.0.1:5432:5432"`',
        ),
    ),
    Case(
        "a host named twice",
        """\
vps: {main: {}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {domain: [shop.example, SHOP.example]}}
""",
        (
            "6:52 KM506 `shop.example` is named twice",
            "    remove one of the two",
        ),
    ),
    Case(
        "ways that policies deny",
        """\
vps: {main: {address: 203.0.113.1}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8", publish: [80], routes: {/: site}, resources: {memory: 1GiB}}
  site: {type: static, image: "site:1", resources: {memory: 1GiB}}
environments: {production: {tls: false}}
policies:
  - {deny: {from: internet, to: [nginx, site]}, why: So}
  - {deny: {from: internet, to: site}, why: So}
  - {deny: {from: site, to: internet}, why: So}
""",
        (
            "9:12 KM508 a way is open that this policy denies: internet → nginx",
            "    remove `publish` from `nginx`, or publish it on 127.0.0.1; other ways: internet → nginx → site",
            "10:12 KM508 a way is open that this policy denies: internet → nginx → site",
            "    take `nginx` or `site` off the networks that they share: default",
            "11:12 KM508 a way is open that this policy denies: site → internet",
            "    take `site` off networks that have a way out: default",
        ),
    ),
    Case(
        "two currencies",
        """\
vps: {main: {cost: 200 EUR/month}}
containers:
  web: {image: "web:1", resources: {memory: 1GiB}}
environments: {production: {}}
policies:
  - {budget: 250 USD/month, why: So}
""",
        (
            "8:14 KM510 a machine is paid in EUR, and the budget is in USD",
            "    write both in one currency",
        ),
    ),
    Case(
        "an image that is inherited is told once",
        """\
vps: {main: {}}
containers:
  web: {image: "registry.example:5000/web", resources: {memory: 1GiB}}
  worker: {extends: web, uses: [web]}
environments: {production: {}}
""",
        (
            "5:16 KM516 `registry.example:5000/web` may be another image tomorrow",
            "    write a tag that stays, such as `registry.example:5000/web:1.2.3`",
        ),
    ),
    Case(
        "the administrator's password of a store",
        """\
vps: {main: {}}
networks: {near: {}, far: {}}
defaults: {containers: {resources: {cpu: 1, memory: 1GiB}}}
containers:
  backup: {image: "backup:1", networks: [near], secrets: [mongo_password]}
  mongo: {type: mongodb, image: "mongo:8.0.13", networks: [far]}
environments: {production: {}}
""",
        (
            "7:58 KM545 `backup` gets the administrator's password of `mongo`, which opens the data of all",
            "    say in `uses` that it calls `mongo`: then it has a user of its own; a backup needs the administrator, and is accepted",
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_rule_says_what_would_mend_it(case: Case) -> None:
    source = Source("topology.yaml", f"kmtopo: 1\nname: shop\n{case.topology}")
    said = []
    for diagnostic in run(CHECKING, Build(source)).diagnostics:
        assert diagnostic.primary is not None
        assert diagnostic.primary.span is not None
        start = diagnostic.primary.span.start
        said.append(f"{start.line}:{start.column} {diagnostic.code} {summary(diagnostic, 'en')}")
        said.append(f"    {help_text(diagnostic, 'en')}")

    assert tuple(said) == case.said


def test_a_range_that_the_lock_keeps_can_be_let_go() -> None:
    topology = """\
kmtopo: 1
name: shop
vps: {main: {}}
networks:
  edge: {subnet: 10.64.0.0/16}
  inner: {}
containers:
  web: {image: "web:1", networks: [edge, inner], resources: {memory: 1GiB}}
environments: {production: {}}
"""
    lock = Source("kmtopo.lock", "kmtopo-lock: 1\nsubnets:\n  production.inner: 10.64.3.0/24\n")

    (told,) = run(CHECKING, Build(Source("topology.yaml", topology), lock)).diagnostics

    assert summary(told, "en") == "`10.64.3.0/24` of `inner` overlaps `10.64.0.0/16` of `edge` on `main`"
    assert help_text(told, "en") == (
        "write another `subnet`, or delete the line `production.inner` of `kmtopo.lock`: then it is allocated anew"
    )
