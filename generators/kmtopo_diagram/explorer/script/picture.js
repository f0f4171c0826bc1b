// The picture: one of the environment's pages, with what is chosen lit and what fails marked.

const SVG = "http://www.w3.org/2000/svg";
const KINDS = { node: "containers", host: "vps", net: "networks", tenant: "tenants", zone: "zones" };
const THINGS = "[data-node], [data-host], .network[data-net], [data-tenant], [data-zone]";
const STATES = {
  down: { ground: "bad", path: "M-3-3L3 3M3-3L-3 3" },
  degraded: { ground: "warn", path: "M0-5A5 5 0 0 1 0 5Z" },
  cut_off: { ground: "ink2", path: "M-4 4L4-4" },
};

const LOW = 36; // px: what is not higher holds one line of words

const picture = () => $("stage").querySelector("svg");
let mounted = { template: "", home: null, marks: [] }; // home: the picture's own viewBox

function page() {
  const pages = world().pages;
  return pages.find((one) => one.name === state.view) || pages[0];
}

/** The picture of another view; the same machine's or zone's, where it has one. */
function pageOf(view) {
  const pages = world().pages.filter((one) => one.view === view);
  return pages.find((one) => one.part === page().part) || pages[0];
}

function mount() {
  const shown = page();
  if (mounted.template === (shown ? shown.template : "")) return;
  if (!shown) return unmount();
  $("stage").replaceChildren($(shown.template).content.cloneNode(true));
  const { x, y, width, height } = frame();
  mounted = { template: shown.template, home: { x, y, width, height }, marks: marksIn($("stage")) };
  picture().removeAttribute("width");
  picture().removeAttribute("height");
  mounted.marks.forEach(({ element }, place) => {
    element.setAttribute("tabindex", place ? "-1" : "0");
    element.setAttribute("role", "button");
    element.classList.add("mark");
  });
}

/** Of an environment in which there is nothing there is no picture. */
function unmount() {
  $("stage").replaceChildren();
  mounted = { template: "", home: null, marks: [] };
}

/** Everything in the picture that stands for something that is known; `ids` are several where things are drawn together. */
const marks = () => mounted.marks;

function marksIn(whole) {
  const found = [...whole.querySelectorAll(THINGS)].map((element) => ({ element, ids: idsOf(element.dataset) }));
  return found.filter(({ ids }) => ids.length).map((one) => ({ ...one, id: one.ids[0] }));
}

function idsOf(data) {
  const names = Object.keys(KINDS).filter((name) => data[name] && (name !== "net" || !data.node));
  const kind = names.find((name) => thing(`${KINDS[name]}.${named(data[name])[0]}`));
  if (!kind) return [];
  if (data.members) return idsNamed(data.members).flatMap(drawnFor);
  const own = named(data[kind]).slice(0, kind === "host" ? undefined : 1);
  return own.flatMap((name) => drawnFor(`${KINDS[kind]}.${name}`));
}

const idsNamed = (words) => named(words).map((name) => `containers.${name}`);

/** The names in an attribute: what is drawn twice says so behind its name, a sum of a machine's before it. */
const named = (words) => (words || "").split(" ").filter(Boolean).map((name) => name.replace(/^@|@caller$/, ""));

const marksOf = (id) => marks().filter(({ ids }) => ids.includes(id));

const idsOfPictures = new Map(); // of those that were asked about

function idsIn(template) {
  if (!idsOfPictures.has(template)) {
    idsOfPictures.set(template, new Set(marksIn($(template).content).flatMap(({ ids }) => ids)));
  }
  return idsOfPictures.get(template);
}

/** The pages that show a thing. */
const pagesWith = (id) => world().pages.filter((one) => idsIn(one.template).has(id));

/** Whether a page is of that thing alone. */
const isCloser = (one, id) => one.part !== "" && one.part === id.split(".")[1];

// Light ---------------------------------------------------------------------------------------------------------------

function light() {
  const whole = picture();
  if (!whole) return;
  const chosen = [lit(), filtered(), sought(), touched()].filter(Boolean);
  const on = (id) => chosen.every((one) => one.has(id));
  // A machine is lit with any of its containers.
  const here = (id) => on(id) || (id.startsWith("vps.") && containersOf(id).some(on));
  whole.classList.toggle("dimming", chosen.length > 0);
  lightThings(whole, here);
  lightLines(whole, on, here);
  lightRows(whole);
}

function lightThings(whole, here) {
  for (const element of whole.querySelectorAll("[data-node], [data-tenant]")) {
    const { node, tenant, host, members } = element.dataset;
    const names = idsNamed(members || node).flatMap(drawnFor);
    if (tenant) names.push(`tenants.${tenant}`);
    names.push(...named(host).map((name) => `vps.${name}`));
    element.classList.toggle("on", names.some(here));
  }
  for (const { element, ids } of marks()) {
    const isPicked = ids.includes(state.pick);
    element.classList.toggle("picked", isPicked);
    element.setAttribute("aria-pressed", String(isPicked));
  }
}

/** A line may lead from several to one, and from machine to machine. */
function lightLines(whole, on, here) {
  const any = (names) =>
    idsNamed(names).flatMap(drawnFor).some(on) || named(names).some((name) => here(`vps.${name}`));
  const ends = ({ from, to }) => (any(from) && any(to)) || [from, to].some((name) => state.pick === `vps.${name}`);
  for (const element of whole.querySelectorAll("[data-from][data-to]")) {
    const owner = element.dataset.for;
    const isOn = owner ? on(`tenants.${owner}`) : ends(element.dataset) && isCrossed(element);
    element.classList.toggle("on", isOn);
  }
}

/** In a matrix a container is a row and a column: their cells alone are its. */
function isCrossed(element) {
  const { from, to } = element.dataset;
  const isOne = state.pick.startsWith("containers.") && element.classList.contains("cell");
  return !isOne || idsNamed(`${from} ${to}`).flatMap(drawnFor).includes(state.pick);
}

// Failures ------------------------------------------------------------------------------------------------------------

function drawn(tag, attributes, inside) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...(inside || []));
  return element;
}

/** What a failure does to each thing that it touches. */
function states() {
  const scenario = scenarioOf(state.fail);
  if (!scenario) return new Map();
  const told = (name) => [...scenario[name], ...(scenario[`tenants_${name}`] || [])];
  return new Map(Object.keys(STATES).reverse().flatMap((name) => told(name).map((id) => [id, name])));
}

/** Marks in the picture what a failure does: a sign on each thing, so that it does not hang on colour. */
function fail() {
  const whole = picture();
  if (!whole) return;
  for (const old of whole.querySelectorAll(".state")) old.remove();
  whole.classList.toggle("failing", Boolean(state.fail));
  const all = states();
  const signs = marks().flatMap(({ element, ids }) => {
    const states = ids.map((id) => all.get(id)).filter(Boolean);
    const what = states[0];
    element.classList.remove(...Object.keys(STATES));
    element.setAttribute("aria-label", what ? `${title(ids[0])}: ${WORDS[what]}` : title(ids[0]));
    if (!what || !(element.dataset.node || element.dataset.tenant)) return [];
    element.classList.add(what);
    const share = ids.length > 1 ? ` (${states.length}/${ids.length})` : "";
    return [{ what, words: `${title(ids[0])}: ${WORDS[what]}${share}`, element, box: boxOf(element) }];
  });
  whole.append(...signs.map(sign));
  retell(whole);
}

/** Where a sign covers no words: before a row's, behind a column's, on the border of what is low or narrow, on a corner. */
function placeOfSign(element, { x, y, width, height }) {
  if (element.matches(".row")) return `translate(${x - 8} ${y + height / 2}) scale(.6)`;
  if (element.matches(".column")) return `translate(${x + width + 2} ${y}) scale(.6)`;
  if (height < LOW) return `translate(${x} ${y + height / 2}) scale(.6)`;
  return width < LOW ? `translate(${x + width / 2} ${y}) scale(.6)` : `translate(${x + 6} ${y + 6})`;
}

/** A sign is dimmed with its thing. */
function sign({ what, words, element, box }) {
  const name = drawn("title", {});
  name.textContent = words;
  const paint = what === "degraded" ? { class: "f-page" } : { class: "s-page", fill: "none" };
  const ground = drawn("circle", { r: 9, class: `f-${STATES[what].ground} s-page` });
  const stroke = drawn("path", { d: STATES[what].path, ...paint });
  const mark = drawn("g", { class: `state ${what}`, transform: placeOfSign(element, box) }, [name, ground, stroke]);
  Object.assign(mark.dataset, element.dataset);
  return mark;
}

/** Where an element is, in the coordinates of the whole picture. */
function boxOf(element) {
  const { x, y, width, height } = element.getBBox();
  const into = picture().getScreenCTM().inverse().multiply(element.getScreenCTM());
  const corner = new DOMPoint(x, y).matrixTransform(into);
  return { x: corner.x, y: corner.y, width, height };
}

/** The picture of failures tells one as an example: while another is chosen it tells that one. */
function retell(whole) {
  const said = whole.querySelector(".example text");
  if (!said) return;
  said.dataset.said ||= said.textContent;
  said.textContent = state.fail ? `${WORDS.if_fails} ${title(state.fail)}` : said.dataset.said;
}

/** The table of failures: its rows choose one. */
function lightRows(whole) {
  for (const row of whole.querySelectorAll("[data-scenario]")) {
    row.classList.toggle("told", row.dataset.scenario.split(" ").includes(state.fail));
  }
}
