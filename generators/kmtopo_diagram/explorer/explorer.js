// The explorer: shows one picture of one environment, lights what belongs together, says what is known of it.
// It asks nothing of anybody: everything stands in this file.
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const WORDS = DATA.words;
const SVG = "http://www.w3.org/2000/svg";
const KINDS = { node: "containers", host: "vps", net: "networks", tenant: "tenants", zone: "zones" };
const FILTERS = ["net", "vps", "tenant"];
const MOST_LISTED = 50;
const $ = (id) => document.getElementById(id);

const state = { env: "", view: "", pick: "", fail: "", net: "", vps: "", tenant: "", theme: "" };
let mounted = "";
let home = null; // the picture's own viewBox

// What is known -------------------------------------------------------------------------------------------------------

const world = () => DATA.environments[state.env];
// What a link says may be anything: `constructor` is the name of no thing.
const known = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
const thing = (id) => known(world().things, id);
const scenarioOf = (id) => known(world().scenarios, id);
const title = (id) => (thing(id) ? thing(id).title : id);

function neighbours(from, to) {
  const found = new Map();
  for (const call of world().calls) {
    if (!found.has(call[from])) found.set(call[from], []);
    found.get(call[from]).push(call[to]);
  }
  return found;
}

function closure(start, next) {
  const seen = new Set(start);
  const waiting = [...start];
  while (waiting.length) {
    for (const id of next.get(waiting.pop()) || []) {
      if (!seen.has(id)) {
        seen.add(id);
        waiting.push(id);
      }
    }
  }
  return seen;
}

/** The containers that a thing stands for: itself, the residents of a machine, the members of a network... */
function containersOf(id) {
  if (id.startsWith("containers.")) return [id];
  return world().holds[id] || [];
}

/** What a choice lights: everything that leads to it and everything it leads to; of a network or machine, who is there. */
function lit() {
  if (!state.pick) return null;
  const own = containersOf(state.pick);
  if (!state.pick.startsWith("containers.")) return new Set([state.pick, ...own]);
  const above = closure(own, neighbours("target", "source"));
  const below = closure(own, neighbours("source", "target"));
  const found = new Set([...above, ...below]);
  // Whoever is reached from outside is reached by people over the Internet.
  if ([...above].some((id) => thing(id).is_public)) found.add("containers.internet").add("containers.clients");
  return found;
}

function filtered() {
  const chosen = FILTERS.filter((name) => state[name]);
  if (!chosen.length) return null;
  return chosen
    .map((name) => new Set([state[name], ...containersOf(state[name])]))
    .reduce((one, other) => new Set([...one].filter((id) => other.has(id) || chosen.some((n) => state[n] === id))));
}

/** What is searched for, as far as this picture shows it: elsewhere the search is of no view. */
function sought() {
  const found = new Set(matches());
  return marks().some(({ id }) => found.has(id)) ? found : null;
}

const picture = () => $("stage").querySelector("svg");

// The picture ---------------------------------------------------------------------------------------------------------

function page() {
  const pages = world().pages;
  return pages.find((one) => one.name === state.view) || pages[0];
}

/** The pages that have a tab: each view's first one, and of the view that is shown all. */
function tabs() {
  const viewOf = (one) => one.name.split("-")[0];
  const pages = world().pages;
  const first = (one) => pages.find((other) => viewOf(other) === viewOf(one));
  return pages.filter((one) => one === first(one) || viewOf(one) === viewOf(page()));
}

function mount() {
  const shown = page();
  if (!shown || mounted === shown.template) return;
  mounted = shown.template;
  const stage = $("stage");
  stage.replaceChildren($(shown.template).content.cloneNode(true));
  const { x, y, width, height } = frame();
  home = { x, y, width, height };
  picture().removeAttribute("width");
  picture().removeAttribute("height");
  for (const mark of marks()) {
    mark.element.setAttribute("tabindex", "0");
    mark.element.setAttribute("role", "button");
    mark.element.setAttribute("aria-label", title(mark.id));
  }
}

/** Everything in the picture that stands for something that is known. */
function marks() {
  const found = [];
  for (const element of $("stage").querySelectorAll("[data-node], [data-host], .network[data-net], [data-tenant], [data-zone]")) {
    const names = Object.keys(KINDS).filter((name) => element.dataset[name] && (name !== "net" || !element.dataset.node));
    const id = names.map((name) => `${KINDS[name]}.${element.dataset[name]}`).find(thing);
    if (id) found.push({ element, id });
  }
  return found;
}

function light() {
  const whole = picture();
  if (!whole) return;
  const chosen = [lit(), filtered(), sought()].filter(Boolean);
  const on = (id) => chosen.every((one) => one.has(id));
  // A machine is lit with any of its containers.
  const here = (id) => on(id) || (id.startsWith("vps.") && containersOf(id).some(on));
  whole.classList.toggle("dimming", chosen.length > 0);
  for (const element of whole.querySelectorAll("[data-node], [data-tenant]")) {
    const names = [];
    if (element.dataset.node) names.push(`containers.${element.dataset.node}`);
    if (element.dataset.tenant) names.push(`tenants.${element.dataset.tenant}`);
    if (element.dataset.host) names.push(`vps.${element.dataset.host}`);
    element.classList.toggle("on", names.some(here));
    element.setAttribute("aria-pressed", String(names.includes(state.pick)));
    element.classList.toggle("picked", names.includes(state.pick));
  }
  // A line may lead from several to one, and from machine to machine.
  const any = (names) => names.split(" ").some((name) => on(`containers.${name}`) || here(`vps.${name}`));
  const ends = ({ from, to }) => (any(from) && any(to)) || [from, to].some((name) => state.pick === `vps.${name}`);
  for (const element of whole.querySelectorAll("[data-from][data-to]")) {
    const owner = element.dataset.for;
    element.classList.toggle("on", owner ? on(`tenants.${owner}`) : ends(element.dataset));
  }
  for (const element of whole.querySelectorAll(".network[data-net], [data-host]")) {
    const id = element.dataset.host ? `vps.${element.dataset.host}` : `networks.${element.dataset.net}`;
    element.classList.toggle("picked", id === state.pick);
  }
}

const STATES = {
  down: { ground: "bad", path: "M-3-3L3 3M3-3L-3 3" },
  degraded: { ground: "warn", path: "M0-5A5 5 0 0 1 0 5Z" },
  cut_off: { ground: "ink2", path: "M-4 4L4-4" },
};

function drawn(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function stateOf(id) {
  const scenario = scenarioOf(state.fail);
  return scenario && Object.keys(STATES).find((name) => scenario[name].includes(id));
}

/** The upper left corner of an element, in the coordinates of the whole picture. */
function cornerOf(element) {
  const box = element.getBBox();
  const into = picture().getScreenCTM().inverse().multiply(element.getScreenCTM());
  return new DOMPoint(box.x, box.y).matrixTransform(into);
}

/** Marks in the picture what a failure does: a sign on each thing, so that it does not hang on colour. */
function fail() {
  for (const old of $("stage").querySelectorAll(".state")) old.remove();
  for (const { element, id } of marks()) {
    const what = stateOf(id);
    if (!what || !element.dataset.node) continue;
    const corner = cornerOf(element);
    const sign = drawn("g", { class: `state ${what}`, transform: `translate(${corner.x + 6} ${corner.y + 6})` });
    const name = drawn("title", {});
    name.textContent = `${title(id)}: ${WORDS[what]}`;
    sign.append(name, drawn("circle", { r: 9, class: `f-${STATES[what].ground} s-page` }));
    const filled = what === "degraded";
    sign.append(drawn("path", { d: STATES[what].path, class: filled ? "f-page" : "s-page", fill: filled ? "" : "none" }));
    picture().append(sign);
  }
}

// Words about it ------------------------------------------------------------------------------------------------------

function made(tag, content, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...[content].flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

function link(id, note) {
  const button = made("button", title(id), { type: "button", class: "thing" });
  button.addEventListener("click", () => set({ pick: id }));
  return made("li", [button, note ? made("span", note, { class: "note" }) : null]);
}

function listed(heading, items) {
  if (!items.length) return [];
  return [made("h3", heading), made("ul", items)];
}

function facts(id) {
  const rows = made("dl", []);
  for (const [name, value] of thing(id).facts) rows.append(made("dt", name), made("dd", value));
  return rows;
}

function details(id) {
  const one = thing(id);
  const calls = world().calls;
  const note = (call) => [call.note, call.optional ? WORDS.optional : ""].filter(Boolean).join(" · ");
  const parts = [made("h2", one.title), made("p", one.says, { class: "says" }), facts(id)];
  if (one.at) parts.push(made("p", [made("code", one.at)], { class: "at" }));
  parts.push(...listed(WORDS.calls, calls.filter((call) => call.source === id).map((call) => link(call.target, note(call)))));
  parts.push(...listed(WORDS.called_by, calls.filter((call) => call.target === id).map((call) => link(call.source, note(call)))));
  parts.push(...listed(WORDS.holds, (world().holds[id] || []).map((held) => link(held))));
  if (scenarioOf(id)) {
    const button = made("button", state.fail === id ? WORDS.calm : WORDS.if_it_fails, { type: "button", id: "fail-it" });
    button.addEventListener("click", () => set({ fail: state.fail === id ? "" : id }));
    parts.push(made("p", button));
  }
  return parts;
}

function consequences() {
  const scenario = scenarioOf(state.fail);
  if (!scenario) return [];
  const parts = [made("h2", `${WORDS.if_fails} ${title(state.fail)}`)];
  for (const name of [...Object.keys(STATES), "tenants_down", "tenants_degraded"]) {
    parts.push(...listed(`${WORDS[name]} (${scenario[name].length})`, scenario[name].slice(0, MOST_LISTED).map((id) => link(id))));
  }
  return parts;
}

function matches() {
  const asked = $("search").value.trim().toLowerCase();
  if (!asked) return [];
  return Object.keys(world().things).filter((id) => world().things[id].search.includes(asked));
}

/** What there is, while nothing is chosen. */
function overview() {
  const held = [...of("container"), ...of("external")].slice(0, MOST_LISTED);
  return [
    made("p", WORDS.hint, { class: "says keys" }),
    made("p", WORDS.hint_touch, { class: "says touch" }),
    made("div", listed(world().counts, held.map(([id]) => link(id, thing(id).note))), { class: "overview" }),
  ];
}

function panel() {
  const found = matches();
  const parts = [];
  if ($("search").value.trim()) {
    parts.push(made("h2", `${WORDS.found}: ${found.length}`), made("ul", found.slice(0, MOST_LISTED).map((id) => link(id, WORDS[thing(id).kind])), { id: "found" }));
  } else {
    if (state.pick) parts.push(...details(state.pick));
    if (state.fail) parts.push(...consequences());
    if (!parts.length) parts.push(...overview());
  }
  $("panel").replaceChildren(...parts);
}

function search() {
  light();
  panel();
}

// Controls ------------------------------------------------------------------------------------------------------------

function options(select, entries, first) {
  const wanted = JSON.stringify(entries);
  if (select.dataset.entries !== wanted) {
    select.dataset.entries = wanted;
    select.replaceChildren(...(first === null ? [] : [made("option", first, { value: "" })]), ...entries.map(([id, name]) => made("option", name, { value: id })));
  }
  select.hidden = entries.length < (first === null ? 2 : 1);
}

function of(kind) {
  return Object.entries(world().things)
    .filter(([, one]) => one.kind === kind)
    .map(([id, one]) => [id, one.title]);
}

function controls() {
  options($("env"), Object.entries(DATA.environments).map(([name, one]) => [name, one.title]), null);
  options($("net"), of("network"), WORDS.all_networks);
  options($("vps"), of("vps").length > 1 ? of("vps") : [], WORDS.all_vps);
  options($("tenant"), of("tenant"), WORDS.all_tenants);
  options($("fail"), Object.keys(world().scenarios).map((id) => [id, title(id)]), WORDS.nothing_fails);
  for (const name of ["env", "fail", ...FILTERS]) $(name).value = state[name];
  const shown = page();
  $("tabs").replaceChildren(
    ...tabs().map((one) => {
      const tab = made("button", one.tab, { type: "button", role: "tab", "aria-selected": String(one === shown), tabindex: one === shown ? "0" : "-1" });
      tab.addEventListener("click", () => set({ view: one.name }));
      return tab;
    }),
  );
  document.title = shown ? `${shown.title} · ${DATA.project}` : DATA.project;
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
}

function keep() {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value) parameters.set(name, value);
  history.replaceState(null, "", `#${parameters}`);
}

function read() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) state[name] = parameters.get(name) || "";
  if (!known(DATA.environments, state.env)) state.env = DATA.first;
}

/** Changes what is chosen; what the environment does not know is let go. */
function set(change) {
  Object.assign(state, change);
  for (const name of ["pick", "fail", ...FILTERS]) if (state[name] && !thing(state[name])) state[name] = "";
  if (state.fail && !scenarioOf(state.fail)) state.fail = "";
  if (page()) state.view = page().name;
  if ("pick" in change) $("search").value = "";
  show();
}

function show() {
  controls();
  mount();
  fail();
  light();
  panel();
  keep();
}

// Moving about --------------------------------------------------------------------------------------------------------

const frame = () => picture().viewBox.baseVal;

function view(x, y, width, height) {
  picture().setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
}

/** Zooms by a factor around a point of the screen, the middle where none is given. */
function zoom(factor, at) {
  if (!picture()) return;
  const box = frame();
  const scale = Math.min(Math.max((box.width * factor) / home.width, 0.1), 4) / (box.width / home.width);
  const point = at ? placed(at) : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  view(point.x - (point.x - box.x) * scale, point.y - (point.y - box.y) * scale, box.width * scale, box.height * scale);
}

function placed(at) {
  const matrix = picture().getScreenCTM().inverse();
  return new DOMPoint(at.clientX, at.clientY).matrixTransform(matrix);
}

function fit() {
  if (picture()) view(home.x, home.y, home.width, home.height);
}

const fingers = new Map();
let moved = false;

function press(event) {
  if (!picture()) return;
  fingers.set(event.pointerId, event);
  moved = false;
}

function drag(event) {
  const before = fingers.get(event.pointerId);
  if (!before || !picture()) return;
  if (fingers.size === 2) {
    const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    zoom(apart(before) / apart(event), event);
  } else {
    const from = placed(before);
    const to = placed(event);
    if (!moved && Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < 4) return;
    const box = frame();
    view(box.x + from.x - to.x, box.y + from.y - to.y, box.width, box.height);
  }
  moved = true;
  $("stage").classList.add("dragging");
  fingers.set(event.pointerId, event);
}

function release(event) {
  fingers.delete(event.pointerId);
  $("stage").classList.remove("dragging");
}

function pickAt(target) {
  const mark = marks().reverse().find(({ element }) => element.contains(target));
  set({ pick: mark && mark.id !== state.pick ? mark.id : "" });
}

/** The arrow keys go from one thing of the picture to the next in that direction. */
function step(event) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const way = ways[event.key];
  const here = document.activeElement && document.activeElement.closest("#stage [tabindex]");
  if (!way || !here) return;
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(here);
  const ahead = marks()
    .filter(({ element }) => element !== here && element.dataset.node)
    .map(({ element }) => {
      const [u, v] = middle(element);
      const forward = (u - x) * way[0] + (v - y) * way[1];
      const aside = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
      return { element, forward, far: forward + 2 * aside };
    })
    .filter((one) => one.forward > 1)
    .sort((one, other) => one.far - other.far);
  if (ahead.length) {
    ahead[0].element.focus();
    event.preventDefault();
  }
}

function keys(event) {
  if (event.target.matches("input, select")) {
    if (event.key === "Escape" && event.target.id === "search") {
      $("search").value = "";
      search();
    }
    return;
  }
  if (event.key === "/") {
    $("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape") set({ pick: "", fail: "", net: "", vps: "", tenant: "" });
  else if (event.key === "+" || event.key === "=") zoom(0.8);
  else if (event.key === "-") zoom(1.25);
  else if (event.key === "0") fit();
  else if ((event.key === "Enter" || event.key === " ") && event.target.closest("#stage [tabindex]")) {
    pickAt(event.target);
    event.preventDefault();
  } else if (event.target.closest("#tabs")) turn(event);
  else step(event);
}

function turn(event) {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!way) return;
  const pages = tabs();
  const next = pages[(pages.indexOf(page()) + way + pages.length) % pages.length];
  set({ view: next.name });
  $("tabs").querySelector("[aria-selected=true]").focus();
}

function start() {
  read();
  for (const name of ["env", "fail", ...FILTERS]) $(name).addEventListener("change", () => set({ [name]: $(name).value }));
  $("search").addEventListener("input", search);
  $("search").addEventListener("keydown", (event) => {
    const found = event.key === "Enter" ? matches() : [];
    if (found.length) set({ pick: found[0] });
  });
  $("more").addEventListener("click", () => {
    const open = $("filters").classList.toggle("open");
    $("more").setAttribute("aria-expanded", String(open));
  });
  $("closer").addEventListener("click", () => zoom(0.8));
  $("farther").addEventListener("click", () => zoom(1.25));
  $("fit").addEventListener("click", fit);
  $("theme").addEventListener("click", () => {
    const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    set({ theme: dark ? "light" : "dark" });
  });
  const stage = $("stage");
  stage.addEventListener("pointerdown", press);
  window.addEventListener("pointermove", drag);
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);
  stage.addEventListener("click", (event) => {
    if (!moved) pickAt(event.target);
    moved = false;
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.12 : 1 / 1.12, event);
  }, { passive: false });
  document.addEventListener("keydown", keys);
  window.addEventListener("hashchange", () => {
    read();
    set({});
  });
  set({});
}

start();
