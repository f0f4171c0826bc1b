// What is known: the environments that stand in this file, their things, and how these hang together.

const DATA = JSON.parse(document.getElementById("data").textContent);
const WORDS = DATA.words;
const $ = (id) => document.getElementById(id);

const world = () => DATA.environments[state.env];
// What a link says may be anything: `constructor` is the name of no thing.
const known = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
const thing = (id) => known(world().things, id);
const title = (id) => (thing(id) ? thing(id).title : id);
// Lists that occur often stand once in the file: elsewhere is their number.
const list = (number) => (number === undefined ? [] : world().lists[number]);

function scenarioOf(id) {
  const found = known(world().scenarios, id);
  return found && Object.fromEntries(Object.entries(found).map(([name, number]) => [name, list(number)]));
}

function of(kind) {
  return Object.entries(world().things).filter(([, one]) => one.kind === kind);
}

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

/** What a thing holds: the residents of a machine, the members of a network, the companies of a zone... */
const held = (id) => list(known(world().holds, id));

/** Whom a thing is drawn for: itself, or of one dedicated tenant the same things of all. */
const drawnFor = (id) => (Object.hasOwn(world().copies, id) ? list(world().copies[id]) : [id]);

/** The containers that a thing stands for: itself, or what it holds. */
const containersOf = (id) => (id.startsWith("containers.") ? [id] : held(id));

/** As the file has it for searching: small letters without accents. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The things of an environment that have every word of a question, those first that have it early in their title. */
function found(things, question) {
  const asked = plain(question).split(/\s+/).filter(Boolean);
  if (!asked.length) return [];
  const rank = (id) => {
    const place = plain(things[id].title).indexOf(asked[0]);
    return place < 0 ? Infinity : place;
  };
  return Object.keys(things)
    .filter((id) => asked.every((word) => things[id].search.includes(word)))
    .map((id) => ({ id, place: rank(id) }))
    .sort((one, other) => (one.place === other.place ? 0 : one.place - other.place))
    .map((one) => one.id);
}
