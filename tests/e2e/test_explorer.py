"""The explorer, driven in a real browser: clicked, typed into, dragged, zoomed, opened by a link and on a phone."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.workload import topology
from e2e.browser import QUIET
from e2e.conftest import ROOT, copied_project

if TYPE_CHECKING:  # only make e2e installs it
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def explorer(kmmotos: Path, installed) -> str:
    """The page of KMMotos's three environments; its address."""
    file = kmmotos / "explorer.html"
    result = installed.kmtopo("graph", "--format", "html", "-o", file, cwd=kmmotos)
    assert result.returncode == 0, result.stderr
    return file.as_uri()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium; one for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, explorer: str) -> Iterator[Page]:
    """The explorer, just opened; whoever asks the network for anything, or throws, fails the test."""
    opened = browser.new_page(viewport={"width": 1360, "height": 900})
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(explorer) else None)
    opened.goto(explorer)
    yield opened
    assert wrong == []
    opened.close()


def node(page: Page, name: str) -> Locator:
    return page.locator(f'#stage [data-node="{name}"][role=button]').first


def lit(page: Page) -> set[str]:
    """The containers that are not dimmed."""
    return set(page.eval_on_selector_all("#stage [data-node].on", "found => found.map(e => e.dataset.node)"))


def heading(page: Page) -> str:
    return page.locator("#panel h2").first.inner_text()


def frame(page: Page) -> list[float]:
    box: list[float] = page.eval_on_selector(
        "#stage svg", "svg => { const b = svg.viewBox.baseVal; return [b.x, b.y, b.width, b.height] }"
    )
    return box


def test_it_opens_with_production_and_every_view_on_a_tab(page: Page) -> None:
    assert page.locator("#env").input_value() == "produccion"
    assert page.title().startswith("KMMotos")
    tabs = page.locator("#tabs [role=tab]")
    assert tabs.count() >= 5
    for place in range(tabs.count()):
        tabs.nth(place).click()
        assert page.locator("#stage svg").count() == 1
        assert page.locator("#tabs [aria-selected=true]").inner_text() == tabs.nth(place).inner_text()
    assert len(set(tabs.all_inner_texts())) == tabs.count()


def test_a_click_lights_the_path_and_tells_what_is_known(page: Page) -> None:
    node(page, "redis").click()

    assert heading(page) == "Redis"
    assert lit(page) == {"clients", "internet", "nginx", "backend", "cola", "programador", "redis"}
    assert page.locator("#panel .at").inner_text().startswith("topology.yaml:")
    assert page.locator("#panel dd", has_text="6379 Redis").count() == 1
    assert "pick=containers.redis" in page.url

    node(page, "redis").click()
    assert page.locator("#stage svg.dimming").count() == 0


def test_every_key_that_a_mouse_has_a_click_for(page: Page) -> None:
    node(page, "backend").focus()
    page.keyboard.press("Enter")
    assert heading(page) == "Backend Laravel"

    node(page, "nginx").focus()
    page.keyboard.press("ArrowDown")
    below = page.evaluate("document.activeElement.dataset.node")
    assert below == "backend"

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    page.locator("#stage").click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    assert page.locator("#stage svg.dimming").count() == 0

    before = frame(page)
    page.keyboard.press("+")
    assert frame(page)[2] < before[2]
    page.keyboard.press("0")
    assert frame(page) == before


def test_search_finds_by_title_port_and_domain(page: Page) -> None:
    search = page.locator("#search")
    for asked, found in (("5432", "PostgreSQL"), ("km-cars.kmmotos.hn", "KM Cars"), ("cola de", "Cola de trabajos")):
        search.fill(asked)
        assert found in page.locator("#found button span:first-child").all_inner_texts()
    search.fill("postgres:17")
    search.press("Enter")
    assert heading(page) == "PostgreSQL"
    search.fill("laravel")
    search.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert heading(page) == "Backend Laravel"
    search.fill("MIGRACION  esquema")
    assert page.locator("#found button span:first-child").all_inner_texts() == ["Migración de datos"]


def test_what_is_not_found_here_is_offered_where_it_is(page: Page) -> None:
    page.locator("#search").fill("no hay tal cosa")
    assert heading(page) == "Encontrado: 0"
    assert "Nada de este entorno" in page.locator("#panel").inner_text()

    page.locator("#search").fill("mailpit")
    assert page.locator("#panel h3").all_inner_texts() == ["Desarrollo"]
    page.locator("#panel .thing").click()
    assert page.locator("#env").input_value() == "desarrollo"
    assert heading(page) == "Mailpit"


def test_what_is_searched_for_is_lit_where_the_picture_shows_it(page: Page) -> None:
    page.locator("#tabs [role=tab]", has_text="Tenencias").click()
    page.locator("#search").fill("cars")
    assert {"km-cars", "km-cars.kmmotos.hn", "postgres/km-cars", "grupo-km-cars-hn"} <= lit(page)
    assert "km-motos" not in lit(page)
    page.locator("#tabs [role=tab]", has_text="Despliegue").click()
    assert page.locator("#stage svg.dimming").count() == 0, "no company is drawn there"


def test_the_internet_says_what_is_open_to_it(page: Page) -> None:
    node(page, "internet").click()
    assert heading(page) == "Internet"
    assert page.locator("#panel .thing").all_inner_texts() == ["Nginx\n80, 443"]
    assert lit(page) >= {"clients", "internet", "nginx", "backend", "postgres"}


def test_a_company_is_chosen_in_its_picture(page: Page) -> None:
    page.locator("#tabs [role=tab]", has_text="Tenencias").click()
    node(page, "km-cars").click()

    assert heading(page) == "KM Cars"
    assert "pick=tenants.km-cars" in page.url


def test_while_nothing_is_chosen_the_panel_lists_what_there_is(page: Page) -> None:
    assert page.locator("#panel h3").inner_text() == "9 contenedores, 7 tenencias"
    page.locator("#panel button", has_text="Redis").click()
    assert heading(page) == "Redis"


def test_the_back_button_takes_back_one_choice_and_never_a_letter(page: Page) -> None:
    node(page, "redis").click()
    page.locator("#search").press_sequentially("post")
    page.locator("#search").press("Enter")
    page.locator("#tabs [role=tab]", has_text="Segmentación").click()
    assert heading(page) == "PostgreSQL"

    page.go_back()
    assert page.locator("#tabs [aria-selected=true]").inner_text() == "Despliegue"
    page.go_back()
    assert (heading(page), page.locator("#search").input_value()) == ("Redis", "")
    page.go_forward()
    assert heading(page) == "PostgreSQL"


def test_an_address_opens_elsewhere_as_it_looks_here(page: Page, browser: Browser) -> None:
    page.locator("#env").select_option("pruebas")
    page.locator("#net").select_option("networks.comando")
    page.locator("#fail").select_option(label="Redis")
    page.locator("#search").fill("backend")
    page.locator("#closer").click()
    page.wait_for_url(re.compile("at="))

    other = browser.new_page(viewport={"width": 1360, "height": 900})
    other.goto(page.url)
    assert (frame(other), lit(other), heading(other)) == (frame(page), lit(page), heading(page))
    assert [other.locator(f"#{name}").input_value() for name in ("env", "net", "fail", "search")] == [
        "pruebas",
        "networks.comando",
        "containers.redis",
        "backend",
    ]
    other.close()


def test_the_focus_stays_with_whoever_works_by_keyboard(page: Page) -> None:
    """Tab, arrows and Enter: what is chosen is followed into the panel and back, and never lost to the page."""
    focused = "document.activeElement.id || document.activeElement.dataset.node || document.activeElement.tagName"
    page.locator("#tabs [aria-selected=true]").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "tab-networks"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "tab-deployment"

    assert page.locator("#stage [tabindex='0']").count() == 1
    node(page, "nginx").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert (page.evaluate(focused), heading(page)) == ("backend", "Backend Laravel")

    page.locator("#fail-it").press("Enter")
    assert page.evaluate(focused) == "H2"
    page.locator("#calm").press("Enter")
    assert page.evaluate(focused) == "H2"
    page.locator("#panel .thing", has_text="Redis").press("Enter")
    assert (page.evaluate(focused), heading(page)) == ("H2", "Redis")
    page.locator("#clear").press("Enter")
    assert page.evaluate(focused) == "backend"


def test_a_screen_reader_hears_names_roles_and_what_has_changed(page: Page) -> None:
    stage = page.get_by_role("tabpanel", name="Despliegue")
    assert stage.get_by_role("button", name="Redis").count() == 1
    assert page.get_by_role("complementary", name="Detalles").count() == 1
    page.locator("#fail").select_option(label="Redis")
    assert page.get_by_role("status").inner_text() == "Si falla Redis: Caído 4, Degradado 1, Sin entrada 0"


def test_filters_leave_what_belongs_to_a_network_or_a_tenant(page: Page) -> None:
    page.locator("#net").select_option("networks.comunicaciones")
    assert lit(page) == {"nginx", "frontend", "backend"}
    assert heading(page) == "Red de Comunicaciones: 3"
    assert page.locator("#panel .thing span:first-child").all_inner_texts() == [
        "Backend Laravel",
        "Frontend Vue.js",
        "Nginx",
    ]
    page.locator("#net").select_option("")
    page.locator("#tenant").select_option(label="KM Motos")
    assert {"nginx", "backend", "postgres"} <= lit(page)


def test_a_failure_is_marked_by_signs_and_told_in_words(page: Page) -> None:
    page.locator("#fail").select_option(label="Redis")

    signs = {name: page.locator(f"#stage .state.{name}").count() for name in ("down", "degraded", "cut_off")}
    assert signs == {"down": 4, "degraded": 1, "cut_off": 0}
    assert heading(page) == "Si falla Redis"
    assert page.locator("#panel h3").all_inner_texts()[:2] == ["Caído (4)", "Degradado (1)"]

    assert lit(page) == {"redis", "backend", "cola", "programador", "nginx"}

    page.locator("#fail").select_option(label="Nginx")
    assert page.locator("#stage .state.cut_off").count() > 0
    page.locator("#tabs [role=tab]", has_text="Tenencias").click()
    assert page.locator("#stage .tenant.down").count() == 7


def test_the_picture_of_failures_tells_the_one_that_is_chosen(page: Page) -> None:
    page.locator("#tabs [role=tab]", has_text="fallas").click()
    example = page.locator("#stage .example")
    assert "PostgreSQL" in (example.text_content() or "")

    page.locator("#stage [data-scenario='containers.backend']").click()
    assert (example.text_content() or "").strip() == "Si falla Backend Laravel"
    assert page.locator("#stage .node.down").evaluate_all("found => found.map(e => e.dataset.node)") == ["backend"]
    assert page.locator("#stage .node .sign:visible").count() == 0, "signs of the example"
    page.emulate_media(color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('#stage .node[data-node=postgres] > path')).fill"
    assert page.evaluate(ground) == "rgb(30, 39, 51)", "no red where nothing fails"
    page.locator("#stage [data-scenario='containers.backend']").click()
    assert page.locator("#fail").input_value() == ""
    assert "PostgreSQL" in (example.text_content() or "")


def test_a_machine_is_entered_and_left(browser: Browser, installed, tmp_path: Path) -> None:
    project = shutil.copytree(ROOT / "examples" / "05-two-machines", tmp_path / "two")
    result = installed.kmtopo("graph", "--format", "html", "-o", project / "explorer.html", cwd=project)
    assert result.returncode == 0, result.stderr
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.goto((project / "explorer.html").as_uri())
    page.locator("#stage [data-host=front]").first.dblclick()
    assert page.locator("#page option:checked").inner_text() == "Front"
    assert node(page, "api").count() == 1
    page.go_back()
    assert page.locator("#page option:checked").inner_text() == "Whole"
    assert heading(page) == "Front"
    page.close()


def test_a_dedicated_tenant_is_lit_where_one_is_drawn_for_all(browser: Browser, installed, tmp_path: Path) -> None:
    (tmp_path / "topology.yaml").write_text(topology(3, dedicated=True), encoding="utf-8")
    result = installed.kmtopo("graph", "--format", "html", "-o", tmp_path / "explorer.html", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.goto((tmp_path / "explorer.html").as_uri())

    page.locator("#tenant").select_option(label="Empresa 3")
    assert {"backend-empresa-00001", "cola-empresa-00001", "postgres"} <= lit(page)
    page.locator("#search").fill("backend-empresa-00003")
    page.locator("#search").press("Enter")
    assert page.locator("#panel dd", has_text="Empresa 3").count() == 1
    assert page.locator("#stage .picked").evaluate_all("found => found.map(e => e.dataset.node)") == [
        "backend-empresa-00001"
    ]
    page.close()


def test_what_this_picture_does_not_show_says_where_it_is(page: Page) -> None:
    page.locator("#tenant").select_option(label="KM Motos")
    page.locator("#search").fill("zona norte")
    page.locator("#search").press("Enter")
    page.locator("#panel .pages button", has_text="Tenencias").click()
    assert page.locator("#tabs [aria-selected=true]").inner_text() == "Tenencias"
    assert heading(page) == "Zona Norte"


def test_everything_chosen_is_let_go_at_once(page: Page) -> None:
    assert page.locator("#clear").is_disabled()
    page.locator("#net").select_option("networks.comando")
    page.locator("#search").fill("redis")
    page.locator("#clear").click()
    assert [page.locator(f"#{name}").input_value() for name in ("net", "search")] == ["", ""]
    assert page.locator("#stage svg.dimming").count() == 0


def test_it_is_dragged_and_zoomed_where_the_pointer_is(page: Page) -> None:
    before = frame(page)
    page.mouse.move(500, 500)
    page.mouse.down()
    page.mouse.move(560, 540, steps=4)
    page.mouse.up()
    x, y, width, height = frame(page)
    assert (x < before[0], y < before[1], width, height) == (True, True, before[2], before[3])
    assert page.locator("#panel h2").count() == 0  # a drag chooses nothing

    page.mouse.wheel(0, -200)
    assert frame(page)[2] < before[2]
    page.locator("#fit").click()
    assert frame(page) == before
    page.locator("#farther").click()
    assert frame(page)[2] > before[2]


def test_the_picture_cannot_be_lost_out_of_sight(page: Page) -> None:
    for _ in range(4):
        page.mouse.move(900, 800)
        page.mouse.down()
        page.mouse.move(60, 200, steps=3)
        page.mouse.up()
    x, y, width, height = frame(page)
    home = page.evaluate("mounted.home")
    assert (x + width / 2, y + height / 2) == pytest.approx((home["width"], home["height"]))
    assert page.evaluate("String(getSelection())") == ""


def test_a_touchpad_zooms_by_as_much_as_it_is_moved(page: Page) -> None:
    before = frame(page)
    page.mouse.move(500, 500)
    page.mouse.wheel(0, -4)
    assert before[2] * 0.97 < frame(page)[2] < before[2]


def test_a_link_opens_the_same_place(page: Page, explorer: str) -> None:
    page.goto(f"{explorer}#env=desarrollo&view=deployment&pick=containers.backend&fail=containers.postgres&theme=dark")
    page.reload()

    assert page.locator("#env").input_value() == "desarrollo"
    assert heading(page) == "Backend Laravel"
    assert page.locator("#stage .state.down").count() > 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 20, 27)"

    page.goto(f"{explorer}#env=nowhere&view=nothing&pick=containers.ghost&fail=x")
    page.reload()
    assert page.locator("#env").input_value() == "produccion"
    assert page.locator("#stage svg").count() == 1


def test_another_environment_keeps_the_view_and_lets_go_what_is_not_there(page: Page) -> None:
    page.locator("#env").select_option("desarrollo")
    page.locator("#search").fill("mailpit")
    page.locator("#search").press("Enter")
    assert heading(page) == "Mailpit"
    page.locator("#env").select_option("produccion")
    assert page.locator("#panel h2").count() == 0


def test_the_theme_follows_the_reader_until_one_is_chosen(browser: Browser, explorer: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(explorer)
    ground = 'getComputedStyle(document.querySelector("#stage .node rect")).fill'
    assert page.evaluate(ground) == "rgb(30, 39, 51)"
    page.locator("#theme").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.close()


def test_on_a_phone_everything_can_be_reached(browser: Browser, explorer: str) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(explorer)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#net").is_visible()
    page.locator("#more").tap()
    page.locator("#net").select_option("networks.comando")
    node(page, "redis").tap()
    assert heading(page) == "Redis"
    assert page.locator("#panel").bounding_box()["height"] > 90
    assert page.locator("#more").inner_text() == "Filtros (1)"
    page.locator("#more").tap()
    assert page.locator("#stage").bounding_box()["height"] > 300
    phone.close()


def test_two_fingers_move_and_zoom_around_what_they_hold(browser: Browser, explorer: str) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(explorer)
    touch = phone.new_cdp_session(page)
    under = "(() => { const p = placed({clientX: 200, clientY: 400}); return [p.x, p.y] })()"

    def fingers(kind: str, *points: tuple[int, int]) -> None:
        told = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    width, held = frame(page)[2], page.evaluate(under)
    fingers("touchStart", (150, 400), (250, 400))
    for apart in (60, 80, 100):
        fingers("touchMove", (200 - apart, 400), (200 + apart, 400))
    fingers("touchEnd")
    assert frame(page)[2] == pytest.approx(width / 2, rel=0.02)
    assert page.evaluate(under) == pytest.approx(held, abs=2)
    assert page.locator("#panel h2").count() == 0
    phone.close()


@pytest.mark.parametrize(("width", "height"), [(720, 450), (844, 390)])
def test_on_small_screens_and_at_200_percent_the_picture_has_room(
    browser: Browser, explorer: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(explorer)
    page.locator("#fit").click()
    node(page, "redis").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#stage").bounding_box()["height"] >= 300
    page.locator("#panel .thing").last.scroll_into_view_if_needed()
    page.close()


def test_a_picture_that_would_be_too_small_to_read_opens_with_its_upper_part(browser: Browser, explorer: str) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 480})
    page.goto(f"{explorer}#view=failures")
    size = "document.querySelector('#stage text').getBoundingClientRect().height"
    opened = page.evaluate(size)
    assert frame(page)[1] == 0

    page.locator("#fit").click()
    whole = page.evaluate(size)
    assert opened > 1.5 * whole
    page.locator("#fail").select_option(label="MongoDB")
    assert page.evaluate(size) == whole, "a choice moves nothing"

    page.goto("about:blank")
    page.goto(f"{explorer}#view=deployment&pick=containers.postgres")
    low = node(page, "postgres").bounding_box()
    assert low is not None
    assert 0 < low["y"] < 480 - low["height"]
    page.close()


def test_a_matrix_shows_the_row_and_the_column_of_a_choice(page: Page) -> None:
    page.locator("#tabs [role=tab]", has_text="Llamadas").click()
    page.locator("#stage .row[data-node=redis]").click()
    lit_cells = page.eval_on_selector_all(
        "#stage .cell.on", "found => found.map(e => e.dataset.from + ' > ' + e.dataset.to)"
    )
    assert "cola > redis" in lit_cells
    assert all("redis" in cell for cell in lit_cells)


def test_paper_is_light_and_has_the_picture_and_what_is_chosen(page: Page) -> None:
    page.locator("#theme").click()
    node(page, "redis").click()
    page.emulate_media(media="print")
    assert page.evaluate('getComputedStyle(document.querySelector("#stage .node rect")).fill') == "rgb(255, 255, 255)"
    assert not page.locator("#search").is_visible()
    assert page.locator("#panel h2").is_visible()
    assert page.locator("#stage svg").bounding_box()["height"] > 400


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of KMMotos under ``kmtopo serve``: its topology, and the preview's address."""
    project = copied_project(tmp_path / "served")
    command = [Path(sys.executable).parent / "kmtopo", "--lang", "en", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[0]
        yield project / "topology.yaml", url
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=20)
    assert (server.returncode, complaints) == (130, "")


def test_the_preview_follows_what_is_saved_and_keeps_its_place(browser: Browser, served: tuple[Path, str]) -> None:
    topology, url = served
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.goto(url)
    inside = page.frame_locator("#explorer")
    inside.locator("#env").select_option("pruebas")
    inside.locator('[data-node="redis"][role=button]').first.click()
    inside.locator("#closer").click()
    sight = inside.locator("#stage svg").get_attribute("viewBox")
    page.wait_for_url(re.compile("at="))
    other = browser.new_page()
    other.goto(page.url)
    written = topology.read_text(encoding="utf-8")
    inside.locator("#tab-deployment").focus()

    topology.write_text(written.replace("title: Backend Laravel", "title: El backend"), encoding="utf-8")
    inside.locator("#stage text", has_text="El backend").first.wait_for()
    assert inside.locator("#env").input_value() == "pruebas"
    assert inside.locator("#panel h2").first.inner_text() == "Redis"
    assert inside.locator("#stage svg").get_attribute("viewBox") == sight
    assert inside.locator("#tab-deployment:focus").count() == 1
    told = other.frame_locator("#explorer")
    told.locator("#stage text", has_text="El backend").first.wait_for()
    assert told.locator("#stage svg").get_attribute("viewBox") == sight
    other.close()

    topology.write_text(written.replace("    title: Backend Laravel", "    titel: Backend Laravel"), encoding="utf-8")
    page.locator("#findings.broken").wait_for()
    assert page.locator("#report").inner_text().startswith("error[KM201]: unknown key `titel`")
    assert inside.locator("#stage text", has_text="El backend").count() > 0

    topology.write_text(written.replace("redis:7.4.5", "redis"), encoding="utf-8")
    page.locator("#findings:not(.broken)").wait_for()
    assert not page.locator("#report").is_visible(), "a warning leaves the picture its place"
    page.locator("#heading").click()
    assert page.locator("#report").inner_text().startswith("warning[KM516]")

    topology.unlink()
    page.locator("#findings.broken", has_text="KM115").wait_for()
    topology.write_text(written, encoding="utf-8")
    inside.locator("#stage text", has_text="Backend Laravel").first.wait_for()
    page.locator("#findings").wait_for(state="hidden")
    assert page.title() == "KMMotos: gestión empresarial multiempresa · Despliegue · Pruebas"
    page.evaluate("location.hash = 'pick=containers.nginx'")
    inside.locator("#panel h2", has_text="Nginx").wait_for()
    page.close()
