"""PHP itself reads what Laravel applications get, and what docs/laravel.md tells their developers to write."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from e2e.machine import program
from kmtopo.testing import SAMPLES, tree_of
from kmtopo_laravel.php import OPENING, listed
from topologies import KMMOTOS, built

pytestmark = pytest.mark.e2e

PAGE = (Path(__file__).parents[2] / "docs" / "laravel.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```php\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ANY_TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=30) | st.text(
    alphabet="'\"\\$?><{}\n\r\t a", max_size=12
)


def php(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [program("php", "PHP"), "-n", "-d", "display_errors=stderr", "-d", "zend.assertions=1", *options]
    return subprocess.run(command, input=code, capture_output=True, text=True, encoding="utf-8", check=False)


def read(code: str) -> Any:
    """What a PHP program prints as JSON."""
    result = php(code)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    return json.loads(result.stdout)


def lists() -> dict[str, str]:
    found = {}
    for name, text in {**SAMPLES, "kmmotos": KMMOTOS}.items():
        made = tree_of(built(text, generators=("laravel",)))
        found |= {f"{name}/{path}": content for path, content in made.items() if path.endswith(".php")}
    return found


def test_every_file_is_php() -> None:
    refused = {path: said for path, text in lists().items() if (said := php(text, "-l")).returncode != 0}

    assert refused == {}


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[text.split("\n")[2].removeprefix("// ") for text in SNIPPETS])
def test_every_snippet_of_the_documentation_is_php(snippet: str) -> None:
    result = php(snippet, "-l")

    assert result.returncode == 0, result.stderr


@settings(max_examples=20, deadline=None)
@given(st.lists(ANY_TEXT, min_size=20, max_size=100))
def test_any_text_is_read_as_it_was_meant(values: list[str]) -> None:
    assert read(f"{OPENING}\necho json_encode({listed(values)}, JSON_THROW_ON_ERROR);\n") == values


@pytest.fixture
def application(tmp_path: Path) -> Path:
    """A folder with KMMotos's list, secrets beside it, and the reader that the documentation shows."""
    made = tree_of(built(KMMOTOS, generators=("laravel",)))["produccion/principal/laravel/tenants.php"]
    (tmp_path / "tenants.php").write_text(made.replace("/run/secrets", str(tmp_path)), encoding="utf-8")
    for folder, secret in (("tenants", "password"), ("migrations", "migrate_password")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"km_cars_postgres_{secret}").write_text(f"{folder}!\n", encoding="utf-8")
    reader = next(snippet for snippet in SNIPPETS if "final class Topology" in snippet)
    (tmp_path / "Topology.php").write_text(reader, encoding="utf-8")
    return tmp_path


def asked(folder: Path, question: str, login: str = "use") -> Any:
    """What the reader answers in a process of the application."""
    settings_ = f"['kmtopo.tenants' => '{folder}/tenants.php', 'kmtopo.login' => '{login}']"
    return read(
        f"<?php\nfunction config(string $key) {{ return {settings_}[$key]; }}\nrequire '{folder}/Topology.php';\n"
        f"use App\\Support\\Topology;\n{question}\n"
    )


def test_a_host_leads_to_its_tenant_and_the_central_one_to_none(application: Path) -> None:
    hosts = "'km-cars.kmmotos.hn', 'any.cars.example', 'central.kmmotos.hn', 'x'"
    tenants = application / "tenants.php"
    wild = tenants.read_text(encoding="utf-8").replace("'hosts' => [", "'hosts' => ['*.cars.example' => 'km-cars',")
    tenants.write_text(wild, encoding="utf-8")

    answer = asked(application, f"echo json_encode(array_map([Topology::class, 'of'], [{hosts}]));")

    assert answer == ["km-cars", "km-cars", None, None]


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        ("use", {"username": "tenantkm_cars_app", "password": "tenants!"}),
        ("migrate", {"username": "tenantkm_cars_migrate", "password": "migrations!"}),
    ],
)
def test_each_process_takes_its_own_login(application: Path, process: str, expected: dict[str, str]) -> None:
    assert asked(application, "echo json_encode(Topology::login('km-cars'));", process) == expected


def test_a_worker_sees_a_list_that_has_changed(application: Path) -> None:
    question = (
        "$file = config('kmtopo.tenants'); $before = count(Topology::all()['tenants']);\n"
        "file_put_contents(\"$file.new\", str_replace(\"'tenants' => [\", \"'tenants' => ['one-more' => [],\","
        " file_get_contents($file)));\n"
        'touch("$file.new", time() + 5); rename("$file.new", $file);\n'
        "echo json_encode([$before, count(Topology::all()['tenants'])]);"
    )

    assert asked(application, question) == [6, 7]


def test_only_the_hosts_of_the_list_are_trusted(tmp_path: Path) -> None:
    for path, content in tree_of(built(KMMOTOS, generators=("laravel",))).items():
        if path.startswith("produccion/principal/laravel/"):
            (tmp_path / Path(path).name).write_text(content, encoding="utf-8")
    stand_ins = """\
namespace Illuminate\\Foundation\\Configuration {
    class Middleware {
        public array $told = [];
        public function trustProxies($at) { $this->told['proxies'] = $at; }
        public function trustHosts($at, $subdomains) { $this->told['hosts'] = $at; }
    }
}
namespace {
    class Headers { public function get() { return $GLOBALS['host']; } }
    class Request { public $headers; }
    function request() { $request = new Request; $request->headers = new Headers; return $request; }
"""
    script = (
        f"<?php\n{stand_ins}"
        "    $middleware = new Illuminate\\Foundation\\Configuration\\Middleware;\n"
        f"    (require '{tmp_path}/bootstrap.php')($middleware);\n"
        "    $trusted = [$middleware->told['proxies']];\n"
        "    foreach (['KM-Cars.kmmotos.hn:443', 'central.kmmotos.hn', 'evil.kmmotos.hn', ''] as $host) {\n"
        "        $trusted[] = ($middleware->told['hosts'])();\n"
        "    }\n"
        "    echo json_encode($trusted);\n}\n"
    )

    assert read(script) == [
        ["10.64.4.0/24"],
        ["^km\\-cars\\.kmmotos\\.hn$"],
        ["^central\\.kmmotos\\.hn$"],
        ["^$"],
        ["^$"],
    ]
