// The panel: what is known of the choice, what a failure does, what is found, and what there is while nothing is chosen.

const MOST_LISTED = 50;
const MOST_PAGES = 8;

function made(tag, content, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...[content].flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

function button(words, action, attributes) {
  const element = made("button", words, { type: "button", ...attributes });
  element.addEventListener("click", action);
  return element;
}

const alone = (words, action, id) => made("p", button(words, action, { id }));

/** A thing's name, which chooses it. */
function link(id, note) {
  return item(title(id), note, () => choose(id));
}

function item(words, note, action) {
  const beside = note ? made("span", note, { class: "note" }) : null;
  return made("li", button([made("span", words), beside], action, { class: "thing" }));
}

/** Chooses what may stand anywhere in the picture, and brings it into view. */
function choose(id, change) {
  set({ ...change, pick: id });
  bring(id);
}

function listed(heading, items) {
  if (!items.length) return [];
  const rest = items.length - MOST_LISTED;
  const shown = items.slice(0, MOST_LISTED).map((make) => make());
  if (rest > 0) shown.push(made("li", `+${rest}`, { class: "note" }));
  return [heading ? made("h3", heading) : null, made("ul", shown)];
}

const links = (ids, note) => ids.map((id) => () => link(id, note && note(id)));

function facts(id) {
  const rows = made("dl", []);
  for (const [name, value] of thing(id).facts) rows.append(made("dt", name), made("dd", value));
  return rows;
}

function details(id) {
  const one = thing(id);
  return [
    heading(one.title),
    made("p", one.says, { class: "says" }),
    ...whereShown(id),
    facts(id),
    one.at ? made("p", made("code", one.at), { class: "at" }) : null,
    scenarioOf(id) && state.fail !== id ? alone(WORDS.if_it_fails, () => set({ fail: id }), "fail-it") : null,
    ...calls(id, "source", "target", WORDS.calls),
    ...calls(id, "target", "source", WORDS.called_by),
    ...listed(WORDS.together, links(together(id), (other) => noteOf(thing(other)))),
    ...listed(one.kind === "tenant" ? WORDS.served_by : WORDS.holds, links(held(id))),
  ];
}

function calls(id, own, other, name) {
  const note = (call) => [call.note, call.optional ? WORDS.optional : ""].filter(Boolean).join(" · ");
  const found = world().calls.filter((call) => call[own] === id);
  return listed(name, found.map((call) => () => link(call[other], note(call))));
}

/** Who else is drawn in the same place. */
function together(id) {
  return [...new Set(marksOf(id).flatMap(({ ids }) => ids))].filter((other) => other !== id);
}

/** The pictures that show a thing, where this one does not, and those that show it closer. */
function whereShown(id) {
  const isHere = marksOf(id).length > 0;
  const others = pagesWith(id).filter((one) => one !== page() && (!isHere || isCloser(one, id)));
  if (isHere && !others.length) return [];
  if (!others.length) return [made("p", WORDS.nowhere, { class: "says" })];
  const buttons = others.slice(0, MOST_PAGES).map((one) => leading(one, id));
  return [made("p", isHere ? WORDS.shown_in : WORDS.not_here, { class: "says" }), made("p", buttons, { class: "pages" })];
}

function leading(one, id) {
  return button([one.tab, one.label].filter(Boolean).join(" · "), () => {
    set({ view: one.name });
    bring(id);
  });
}

function consequences() {
  const scenario = scenarioOf(state.fail);
  const parts = [heading(`${WORDS.if_fails} ${title(state.fail)}`), alone(WORDS.calm, () => set({ fail: "" }), "calm")];
  for (const name of [...Object.keys(STATES), "tenants_down", "tenants_degraded"]) {
    parts.push(...listed(`${WORDS[name]} (${scenario[name].length})`, links(scenario[name])));
  }
  return parts;
}

const heading = (words) => made("h2", words, { tabindex: "-1" });

function results() {
  const found = matches();
  const parts = [heading(`${WORDS.found}: ${found.length}`)];
  const shown = found.slice(0, MOST_LISTED).map((id) => link(id, noteOf(thing(id))));
  if (found.length > MOST_LISTED) shown.push(made("li", `+${found.length - MOST_LISTED}`, { class: "note" }));
  if (found.length) return [...parts, made("ul", shown, { id: "found" })];
  return [...parts, made("p", WORDS.none_found, { class: "says" }), ...elsewhere()];
}

/** What tells a thing from others of its title. */
const noteOf = (one) => one.owner || WORDS[one.kind];

/** What is searched for and stands in other environments only. */
function elsewhere() {
  const others = Object.entries(DATA.environments).filter(([name]) => name !== state.env);
  return others.flatMap(([env, one]) => {
    const make = (id) => () => item(one.things[id].title, WORDS[one.things[id].kind], () => choose(id, { env }));
    return listed(one.title, found(one.things, state.q).map(make));
  });
}

/** What the filters leave. */
function left() {
  const names = FILTERS.filter((name) => state[name]).map((name) => title(state[name]));
  const ids = [...filtered()].filter((id) => !FILTERS.some((name) => state[name] === id)).sort();
  return [heading(`${names.join(" · ")}: ${ids.length}`), ...listed("", links(ids, (id) => thing(id).note))];
}

/** What there is, while nothing is chosen. */
function overview() {
  const there = [...of("container"), ...of("external")];
  return [
    made("p", WORDS.hint, { class: "says keys" }),
    made("p", WORDS.hint_touch, { class: "says touch" }),
    made("div", listed(world().counts, links(there.map(([id]) => id), (id) => thing(id).note)), { class: "overview" }),
  ];
}

function told() {
  if (state.q.trim()) return results();
  const parts = [...(state.pick ? details(state.pick) : []), ...(state.fail ? consequences() : [])];
  if (parts.length) return parts;
  return filtered() ? left() : overview();
}

/** Tells it anew; whoever had the focus in it keeps it. */
function panel() {
  const whole = $("panel");
  const focused = whole.contains(document.activeElement) ? document.activeElement : null;
  const isNew = whole.dataset.about !== about();
  whole.dataset.about = about();
  whole.replaceChildren(...told().filter(Boolean));
  if (isNew) whole.scrollTop = 0;
  if (focused) (whole.querySelector(`#${focused.id || "none"}`) || whole.querySelector("h2") || whole).focus();
  say(summary());
}

const about = () => [state.env, ...CHOSEN.map((name) => state[name]), state.q].join();

/** One line for those who do not see what has changed. */
function summary() {
  if (state.q.trim()) return `${WORDS.found}: ${matches().length}`;
  const parts = ["pick", ...FILTERS].filter((name) => state[name]).map((name) => title(state[name]));
  if (state.fail) {
    const counts = Object.keys(STATES).map((name) => `${WORDS[name]} ${scenarioOf(state.fail)[name].length}`);
    parts.push(`${WORDS.if_fails} ${title(state.fail)}: ${counts.join(", ")}`);
  }
  return parts.join(". ");
}

function say(words) {
  if ($("said").textContent !== words) $("said").textContent = words;
}
