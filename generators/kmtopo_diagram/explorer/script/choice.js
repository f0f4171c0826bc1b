// What is chosen: all of it stands in the address, so that a link, the back button and a reload lead to the same place.

const state = { env: "", view: "", pick: "", fail: "", net: "", vps: "", tenant: "", q: "", at: "", theme: "" };
const FILTERS = ["net", "vps", "tenant"];
const CHOSEN = ["pick", "fail", ...FILTERS];
// Going back undoes a choice, and neither a letter of a question nor a movement.
const PASSING = ["q", "at", "theme"];
const SETTLED = 200; // ms without another movement, before the address says where it ended

/** What a choice lights: everything that leads to it and everything it leads to; of a network or machine, who is there. */
function lit() {
  if (!state.pick) return null;
  const own = containersOf(state.pick);
  if (!state.pick.startsWith("containers.")) return new Set([state.pick, ...own]);
  const above = closure(own, neighbours("target", "source"));
  const below = closure(own, neighbours("source", "target"));
  // Whoever is reached over the Internet is reached by people.
  if (above.has("containers.internet")) above.add("containers.clients");
  return new Set([...above, ...below]);
}

function filtered() {
  const chosen = FILTERS.filter((name) => state[name]);
  if (!chosen.length) return null;
  const own = chosen.map((name) => new Set([state[name], ...containersOf(state[name])]));
  const all = new Set(own.flatMap((one) => [...one]));
  return new Set([...all].filter((id) => own.every((one) => one.has(id)) || chosen.some((name) => state[name] === id)));
}

const matches = () => found(world().things, state.q);

/** What is searched for, as far as this picture shows it: elsewhere the search is of no view. */
function sought() {
  const asked = new Set(matches());
  return marks().some(({ ids }) => ids.some((id) => asked.has(id))) ? asked : null;
}

/** Whom the failure touches. Where something is chosen too, its path is what is lit. */
function touched() {
  const scenario = state.pick ? null : scenarioOf(state.fail);
  return scenario ? new Set([state.fail, ...Object.values(scenario).flat()]) : null;
}

/** What is chosen, as the end of an address. */
function address() {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value) said.set(name, value);
  return `#${said}`;
}

/** Says in the address what is chosen: a choice is a step that can be taken back. */
function keep() {
  const steps = Object.keys(state).filter((name) => !PASSING.includes(name));
  const before = new URLSearchParams(location.hash.slice(1));
  const isStep = steps.some((name) => (before.get(name) || "") !== state[name]);
  if (address() !== location.hash) history[isStep ? "pushState" : "replaceState"](null, "", address());
}

let settling = 0;
function keepSoon() {
  clearTimeout(settling);
  settling = setTimeout(keep, SETTLED);
}

function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) state[name] = said.get(name) || "";
  if (!known(DATA.environments, state.env)) state.env = DATA.first;
}

/** Lets go what the environment does not know. */
function settle() {
  for (const name of CHOSEN) if (state[name] && !thing(state[name])) state[name] = "";
  if (state.fail && !scenarioOf(state.fail)) state.fail = "";
  if (page()) state.view = page().name;
}

/** Changes what is chosen. A question has then been answered: the step before is left without it. */
function set(change) {
  const before = [state.env, state.view].join();
  if ("pick" in change && state.q) {
    state.q = "";
    keep();
  }
  Object.assign(state, change);
  settle();
  const isElsewhere = [state.env, state.view].join() !== before;
  if (isElsewhere) state.at = "";
  show();
  if (isElsewhere || change.tenant) find(state.pick || state.tenant);
  keep();
}

const isChosen = () => [...CHOSEN, "q"].some((name) => state[name]);
const nothing = () => Object.fromEntries([...CHOSEN, "q"].map((name) => [name, ""]));
