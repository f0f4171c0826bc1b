"""Packages of others add generators, types and rules; one that is broken is told, and is no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from kmtopo.cli.app import run
from kmtopo.diagnostics import faulty
from kmtopo.packages import Plugin, PluginFault, import_packages, plugins
from kmtopo.report import render_text
from kmtopo.source import read_page
from kmtopo.testing import built, faults, findings, impurities
from kmtopo.texts import LANGUAGES
from planted_packages import plant, planted

GENERATOR = "[kmtopo.generators]\nhosts = acme_hosts:generator\n"
TYPE = "[kmtopo.types]\nmqtt = acme_hosts:MQTT\n"
RULES = "[kmtopo.checks]\nhosts = acme_hosts:RULES\n"
IMPORTS = "from pathlib import PurePosixPath\nfrom kmtopo.plugin import *\nfrom kmtopo.plugin import Severity\n"
TEXTS = '{"en": {"summary": "`{name}` is told", "help": "listen"}, "es": {"summary": "`{name}` se dice", "help": "escucha"}}'
MQTT = """
MQTT = ContainerType("mqtt", "Mosquitto", "service", "box", (("en", "broker"), ("es", "intermediario")),
    lambda setting: Runtime(user="1883"), port=Port(1883, "mqtt"))
"""
RULE = f"""
def told(graph):
    for container in graph.deployment.containers.values():
        yield diagnose("hosts/HO001", container.address, part="key", name=container.name)

RULES = (Check("hosts/HO001", told, name="told", severity=Severity.WARNING, texts={TEXTS}),)
"""
SITE = """\
kmtopo: 1
name: site
vps: {main: {address: 203.0.113.10}}
containers: {web: {type: static, image: "site/web:1.0.0", resources: {cpu: 1, memory: 1GiB}}}
environments: {production: {}}
generators: {diagram: {views: [deployment]}}
"""
WITH_MQTT = SITE.replace("type: static", "type: mqtt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where packages are planted; the working directory holds the smallest topology."""
    project, packages = tmp_path / "project", tmp_path / "packages"
    project.mkdir()
    packages.mkdir()
    (project / "topology.yaml").write_text(SITE, encoding="utf-8")
    monkeypatch.chdir(project)
    monkeypatch.setenv("KMTOPO_LANG", "en")
    with planted(packages, monkeypatch):
        yield packages


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code of ``check`` and the first line that it reports."""
    capsys.readouterr()
    code = run(["check", *arguments])
    printed = capsys.readouterr()
    return int(code), (printed.err or printed.out).splitlines()[0]


def test_what_is_registered_is_what_the_standard_library_finds() -> None:
    for group in ("generators", "types", "checks"):
        theirs = {
            (e.name, e.value, e.dist.name, e.dist.version) for e in entry_points(group=f"kmtopo.{group}") if e.dist
        }

        assert {(p.name, p.reference, p.package, p.version) for p in plugins(group).values()} == theirs
    groups = [name for name in entry_points().groups if name.startswith("kmtopo.")]
    assert import_packages() == {e.module.split(".")[0] for group in groups for e in entry_points(group=group)}


BROKEN = {
    "a generator that is not there": (
        GENERATOR,
        "",
        "KM650",
        "the generator `hosts` of acme-hosts cannot be loaded: AttributeError: module 'acme_hosts' has no attribute 'generator'",
    ),
    "a module that lacks another": (
        GENERATOR,
        "import no_such_module",
        "KM650",
        "the generator `hosts` of acme-hosts cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'",
    ),
    "another kind of object": (
        GENERATOR,
        "generator = 7",
        "KM651",
        "the generator `hosts` of acme-hosts cannot be used: `acme_hosts:generator` is no Generator",
    ),
    "another version of the API": (
        GENERATOR,
        'generator = Generator("hosts", "x", Options, lambda *_: (), api_version=2)',
        "KM651",
        "the generator `hosts` of acme-hosts is made for plugin API 2, and this kmtopo has 1",
    ),
    "another name": (
        GENERATOR,
        'generator = Generator("guests", "x", Options, lambda *_: ())',
        "KM651",
        "the generator `hosts` of acme-hosts calls itself `guests`",
    ),
    "a generator that raises": (
        GENERATOR,
        'generator = Generator("hosts", "x", Options, lambda *_: 1 / 0)',
        "KM654",
        "the generator `hosts` of acme-hosts fails: ZeroDivisionError: division by zero",
    ),
    "a generator of something else": (
        GENERATOR,
        'generator = Generator("hosts", "x", Options, lambda *_: [1])',
        "KM654",
        "the generator `hosts` of acme-hosts fails: TypeError: a generator gives artifacts and diagnostics, not int",
    ),
    "a generator by a name that is taken": (
        "[kmtopo.generators]\nenv = acme_hosts:generator\n",
        "",
        "KM652",
        "the generator `env` comes from kmtopo and from acme-hosts",
    ),
    "no rules": (
        RULES,
        "RULES = ()",
        "KM651",
        "the rule set `hosts` of acme-hosts cannot be used: `acme_hosts:RULES` is no tuple[Check, ...]",
    ),
    "a code without its prefix": (
        RULES,
        RULE.replace('Check("hosts/HO001"', 'Check("HO001"'),
        "KM653",
        "the code of the rule `HO001` of acme-hosts does not begin with `hosts/`",
    ),
    "a code of kmtopo": (
        RULES,
        RULE.replace('Check("hosts/HO001"', 'Check("KM501"'),
        "KM653",
        "the code of the rule `KM501` of acme-hosts does not begin with `hosts/`",
    ),
    "a code twice": (
        RULES,
        RULE + "RULES *= 2",
        "KM653",
        "the code or the name of the rule `hosts/HO001` of acme-hosts is taken",
    ),
    "a name of several words": (
        RULES,
        RULE.replace('name="told"', 'name="Told Off"'),
        "KM653",
        "the rule `hosts/HO001` of acme-hosts has the name `Told Off`, which is no lower-case words joined by dashes",
    ),
    "a rule without a function": (
        RULES,
        RULE.replace('HO001", told,', 'HO001",'),
        "KM653",
        "the rule `hosts/HO001` of acme-hosts has not just one of `run` and `run_all`",
    ),
    "a language that is missing": (
        RULES,
        RULE.replace('"es": {', '"eo": {'),
        "KM653",
        "the texts of the rule `hosts/HO001` of acme-hosts are not whole: es has no help",
    ),
    "texts that are no texts": (
        RULES,
        RULE.replace('"listen"', "7"),
        "KM653",
        "the texts of the rule `hosts/HO001` of acme-hosts are not whole: ",
    ),
    "a rule that raises": (
        RULES,
        RULE.replace("yield diagnose", "yield 1 / 0, diagnose"),
        "KM654",
        "the rule set `hosts` of acme-hosts fails: ZeroDivisionError: division by zero",
    ),
    "a rule of something else": (
        RULES,
        RULE.replace("yield diagnose", "yield 1; diagnose"),
        "KM654",
        "the rule set `hosts` of acme-hosts fails: TypeError: hosts/HO001 gives what is no Diagnostic",
    ),
    "a rule with a code that nobody has": (
        RULES,
        RULE.replace('diagnose("hosts/HO001"', 'diagnose("hosts/HO009"'),
        "KM654",
        "the rule set `hosts` of acme-hosts fails: KeyError: 'hosts/HO009'",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_package_is_an_error_that_says_whose_it_is(
    case: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries, code, expected, told = BROKEN[case]
    plant(folder, "acme-hosts", entries, IMPORTS + code)

    left, line = checked(capsys)

    assert (left, line[: len(told) + 14]) == (1, f"error[{expected}]: {told}")


BROKEN_TYPES = {
    "that cannot be imported": (
        "raise RuntimeError('no broker')",
        "KM650",
        "the type `mqtt` of acme-hosts cannot be loaded: RuntimeError: no broker",
    ),
    "that is none": (
        "MQTT = Runtime()",
        "KM651",
        "the type `mqtt` of acme-hosts cannot be used: `acme_hosts:MQTT` is no ContainerType",
    ),
    "that raises": (
        MQTT.replace('Runtime(user="1883")', "1 / 0"),
        "KM654",
        "the type `mqtt` of acme-hosts fails: ZeroDivisionError: division by zero",
    ),
    "that equips with nothing": (
        MQTT.replace('Runtime(user="1883")', "None"),
        "KM654",
        "the type `mqtt` of acme-hosts fails: TypeError: <lambda>() gave NoneType, not Runtime",
    ),
}


@pytest.mark.parametrize("case", BROKEN_TYPES)
def test_a_broken_type_is_an_error_where_it_is_named_and_nowhere_else(
    case: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, expected, told = BROKEN_TYPES[case]
    plant(folder, "acme-hosts", TYPE, IMPORTS + code)

    assert checked(capsys)[0] == 0
    Path("topology.yaml").write_text(WITH_MQTT, encoding="utf-8")
    assert checked(capsys) == (1, f"error[{expected}]: {told}")


FAILING = {
    "runtime": "lambda setting: 1 / 0",
    "volume_path": "lambda image: 1 / 0",
    "keep": "lambda clients: 1 / 0",
    "workers": "lambda process, memory: 1 / 0",
}
WITH_A_STORE = """\
kmtopo: 1
name: site
vps: {main: {address: 203.0.113.10}}
defaults: {containers: {resources: {cpu: 1, memory: 1GiB}}}
containers:
  broker: {type: mqtt, image: "site/broker:1.0.0", volumes: {queue: 1GiB}, uses: [redis]}
  redis: {type: redis, image: redis:7.4.5, volumes: {cache: {path: /data, size: 1GiB}}, publish: ["6379:6379"]}
environments: {production: {}}
generators: {diagram: {views: [deployment]}}
"""


@pytest.mark.parametrize("function", FAILING)
def test_a_type_that_fails_is_told_once_where_it_is_named_and_hides_nothing_else(function: str, folder: Path) -> None:
    functions = {"runtime": "lambda _: Runtime()", "volume_path": "lambda _: '/queue'", function: FAILING[function]}
    given = ", ".join(f"{name}={code}" for name, code in functions.items())
    plant(folder, "acme-hosts", TYPE, IMPORTS + f'MQTT = ContainerType("mqtt", "MQTT", "service", "box", (), {given})')

    assert [one for one in findings(WITH_A_STORE) if " error[" in one] == [
        "6:18 error[KM654]: the type `mqtt` of acme-hosts fails: ZeroDivisionError: division by zero",
        "7:99 error[KM505]: `redis` keeps data and is published outside of development",
    ]


BROKEN_BLOCKS = {
    "that raises": ("lambda graph, graphs: 1 / 0", "ZeroDivisionError: division by zero"),
    "of something else": ('lambda graph, graphs: ["text"]', "TypeError: a block gives pieces, not str"),
}


@pytest.mark.parametrize("case", BROKEN_BLOCKS)
def test_a_broken_block_is_told_where_a_document_asks_for_it(
    case: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = BROKEN_BLOCKS[case]
    generator = f'Generator("hosts", "x", Options, lambda *_: (), blocks={{"names": {code}}})'
    plant(folder, "acme-hosts", GENERATOR, f"{IMPORTS}generator = {generator}")
    document = Path("page.md")
    document.write_text("# Names\n\n<!-- BEGIN KMTOPO names -->\n<!-- END KMTOPO -->\n", encoding="utf-8")
    before = document.read_text(encoding="utf-8")

    assert run(["docs", "page.md"]) == 1
    printed = capsys.readouterr().err.splitlines()
    assert printed[:2] == [f"error[KM654]: the generator `hosts` of acme-hosts fails: {told}", " --> page.md:3:1"]
    assert document.read_text(encoding="utf-8") == before


def test_a_block_that_several_offer_is_told_until_a_document_says_whose_it_shows(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = 'lambda graph, graphs: [Paragraph("Of acme.")]'
    generator = f'Generator("hosts", "x", Options, lambda *_: (), blocks={{"quality": {block}}})'
    plant(folder, "acme-hosts", GENERATOR, f"{IMPORTS}from kmtopo.plugin import Paragraph\ngenerator = {generator}")
    document = Path("page.md")
    document.write_text("<!-- BEGIN KMTOPO quality -->\n<!-- END KMTOPO -->\n", encoding="utf-8")

    assert run(["docs", "page.md"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "error[KM852]: several generators offer a block called `quality`: docs, hosts",
        " --> page.md:1:1",
        "  |",
        "1 | <!-- BEGIN KMTOPO quality -->",
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  = help: say whose it is, such as `BEGIN KMTOPO docs.quality`",
        "",
        "1 error",
    ]

    document.write_text("<!-- BEGIN KMTOPO hosts.quality -->\n<!-- END KMTOPO -->\n", encoding="utf-8")
    assert run(["docs", "page.md"]) == 0
    assert "\nOf acme.\n\n<!-- END KMTOPO hosts.quality " in document.read_text(encoding="utf-8")


def test_a_type_is_named_like_one_of_ours(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, "acme-hosts", TYPE, IMPORTS + MQTT)
    Path("topology.yaml").write_text(WITH_MQTT, encoding="utf-8")

    assert checked(capsys)[0] == 0
    assert run(["generators"]) == 0
    assert "  mqtt      Mosquitto: broker (acme-hosts 1.2)\n" in capsys.readouterr().out


def test_a_rule_is_found_accepted_weighed_and_explained_like_one_of_ours(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(folder, "acme-hosts", RULES, IMPORTS + RULE)
    accepted = "accept: [{rule: RULE, of: containers, why: It is quiet here}]\n"

    assert checked(capsys) == (0, "warning[hosts/HO001]: `web` is told")
    assert checked(capsys, "--error", "hosts/told") == (1, "error[hosts/HO001]: `web` is told")
    for rule in ("hosts/HO001", "hosts/told"):
        Path("topology.yaml").write_text(SITE + accepted.replace("RULE", rule), encoding="utf-8")
        assert checked(capsys, "--strict") == (0, "no problems in production")
    assert run(["explain", "HOSTS/ho001"]) == 0
    assert capsys.readouterr().out == "# hosts/HO001: hosts/told\n\n`{name}` is told\n\nlisten\n\n"


@pytest.mark.parametrize("format", ["json", "sarif", "github"])
def test_every_report_knows_the_code_of_a_package(
    format: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(folder, "acme-hosts", RULES, IMPORTS + RULE)

    assert run(["check", "--format", format]) == 0
    told = capsys.readouterr().out
    assert "hosts/HO001" in told
    assert "`web` is told" in told


def test_a_page_in_the_package_explains_its_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, "acme-hosts", RULES, IMPORTS + RULE)
    page = folder / "acme_hosts" / "pages" / "es" / "HO001.md"
    page.parent.mkdir(parents=True)
    page.write_text("# hosts/HO001: hosts/told\n\nSe dice.\n", encoding="utf-8")

    assert run(["--lang", "es", "explain", "hosts/told"]) == 0
    assert capsys.readouterr().out == "# hosts/HO001: hosts/told\n\nSe dice.\n"


def test_a_list_tells_what_cannot_be_used_and_lists_the_rest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, "acme-hosts", GENERATOR + TYPE, IMPORTS + MQTT)

    assert run(["generators"]) == 3
    printed = capsys.readouterr()
    assert "  mqtt      Mosquitto: broker (acme-hosts 1.2)\n" in printed.out
    assert printed.err.startswith("error[KM650]: the generator `hosts` of acme-hosts cannot be loaded: ")


def test_one_installation_of_two_is_the_first_on_the_path(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(folder, "acme-hosts", TYPE, "")
    later = tmp_path / "later"
    later.mkdir()
    plant(later, "acme-hosts", TYPE.replace("MQTT", "OTHER"), "")
    monkeypatch.setattr("sys.path", [str(folder), str(later)])

    assert plugins("types")["mqtt"] == Plugin("types", "mqtt", "acme_hosts:MQTT", "acme-hosts", "1.2")


PAGES = {
    "KM650": ("generators", "hosts", "", {"reason": "ModuleNotFoundError: No module named 'netaddr'"}),
    "KM651": ("types", "mqtt", "", {"version": "2", "ours": "1"}),
    "KM652": ("generators", "hosts", "", {"others": "other-hosts"}),
    "KM653": ("checks", "hosts", "prefix", {"rule": "HO001", "prefix": "hosts/"}),
    "KM654": ("generators", "hosts", "", {"reason": "KeyError: 'edge'"}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PAGES)
def test_the_page_of_a_fault_shows_what_is_printed(code: str, language: str) -> None:
    group, name, variant, values = PAGES[code]

    with pytest.raises(PluginFault) as raised:
        Plugin(group, name, "x:y", f"kmtopo-{name}", "1").fault(code, variant, **values)

    printed = render_text([faulty(raised.value)], {}, language)
    assert f"```text output yaml none\n{printed}```\n" in (read_page(code, language) or "")


def test_an_author_is_told_what_keeps_the_package_from_being_used(folder: Path) -> None:
    plant(folder, "acme-hosts", GENERATOR + TYPE + RULES, IMPORTS + RULE.replace("hosts/HO001", "HO001"))

    assert faults("acme-hosts") == (
        "the generator `hosts` of acme-hosts cannot be loaded: AttributeError: module 'acme_hosts' has no attribute 'generator'",
        "the type `mqtt` of acme-hosts cannot be loaded: AttributeError: module 'acme_hosts' has no attribute 'MQTT'",
        "the code of the rule `HO001` of acme-hosts does not begin with `hosts/`",
    )
    with pytest.raises(LookupError, match="no package 'acme' registers anything"):
        faults("acme")


def test_an_author_sees_what_is_found_and_what_is_written(folder: Path) -> None:
    plant(folder, "acme-hosts", TYPE + RULES, IMPORTS + MQTT + RULE)

    assert findings(WITH_MQTT, "hosts/HO001") == ("4:14 warning[hosts/HO001]: `web` is told",)
    assert 'user: "1883"' in built(WITH_MQTT, "compose")["production/main/compose.yaml"]
    with pytest.raises(ValueError, match=r"4:26 error\[KM219\]: unknown type `mqttt`"):
        built(WITH_MQTT.replace("mqtt", "mqttt"))


IMPURE = {
    "none": ("Runtime()", "()", ()),
    "a type that writes": ("open('written', 'w').close() or Runtime()", "()", ("open 'written'",)),
    "a type that asks the clock": (
        "Runtime(user=str(__import__('time').monotonic_ns()))",
        "()",
        ("other containers the second time",),
    ),
    "a rule that starts a process": (
        "Runtime()",
        "[] if __import__('os').system('true') else []",
        ("os.system b'true'",),
    ),
    "a rule that counts": (
        "Runtime()",
        "[diagnose('hosts/HO001', name=str(SEEN.append(1) or len(SEEN)))]",
        ("other findings the second time",),
    ),
}


@pytest.mark.parametrize("case", IMPURE)
def test_an_author_is_told_what_no_pure_function_does(case: str, folder: Path) -> None:
    runtime, found, expected = IMPURE[case]
    rules = RULE.replace("RULES = ", f"def told(graph: Environments):\n    return {found}\nSEEN = []\nRULES = ")
    rules = rules.replace('HO001", told,', 'HO001", run_all=told,')
    plant(folder, "acme-hosts", TYPE + RULES, IMPORTS + MQTT.replace('Runtime(user="1883")', runtime) + rules)

    assert impurities(WITH_MQTT) == expected


def test_the_types_and_rules_of_kmtopo_are_pure() -> None:
    assert impurities() == ()
