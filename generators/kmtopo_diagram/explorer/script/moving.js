// Moving about in the picture: wheel, drag, two fingers, and the way from one thing to the next.

const NEAREST = 0.1; // of the picture's width
const FARTHEST = 4;
const READABLE = 90; // px that a thing is wide on the screen, so that one can read it
const SMALLEST = 0.6; // px on the screen for one of the picture: less is not read
const STILL = 4; // px that a pointer may move in a click

const frame = () => picture().viewBox.baseVal;
const home = () => mounted.home;

/** Where the address says, or the whole picture; of one that would be too small to read, its upper part. */
function place() {
  if (!picture()) return;
  const [x, y, width] = state.at ? state.at.split(",").map(Number) : opening();
  const whole = home();
  const isPlace = [x, y, width].every(Number.isFinite) && width > 0;
  if (isPlace) view(x, y, width, (width * whole.height) / whole.width);
  else view(whole.x, whole.y, whole.width, whole.height);
}

/** The first look: px on the screen for one of the picture are as many as show it all, or as many as its width allows. */
function opening() {
  const whole = home();
  const box = picture().getBoundingClientRect();
  const all = Math.min(box.width / whole.width, box.height / whole.height);
  const wide = Math.min(box.width / whole.width, 1);
  if (all >= SMALLEST || wide <= all) return [whole.x, whole.y, whole.width];
  const width = (whole.width * all) / wide;
  return [whole.x + (whole.width - width) / 2, whole.y, width];
}

function view(x, y, width, height) {
  picture().setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
}

/** Goes to a part of the picture, so that some of it stays in sight, and remembers it. */
function go(x, y, width) {
  const whole = home();
  const height = (width * whole.height) / whole.width;
  const within = (low, size, least, most) => Math.min(Math.max(low, least - size / 2), most - size / 2);
  const left = within(x, width, whole.x, whole.x + whole.width);
  const top = within(y, height, whole.y, whole.y + whole.height);
  state.at = [left, top, width].map((one) => Math.round(one * 10) / 10).join();
  place();
  keepSoon();
}

/** Brings a point of the picture to a point of the screen, everything `factor` times as far away. */
function hold(point, at, factor) {
  const box = frame();
  const width = Math.min(Math.max(box.width * factor, home().width * NEAREST), home().width * FARTHEST);
  const scale = width / box.width;
  const now = placed(at);
  go(point.x - (now.x - box.x) * scale, point.y - (now.y - box.y) * scale, width);
}

/** Zooms by a factor around a point of the screen, the middle where none is given. */
function zoom(factor, at) {
  if (!picture()) return;
  const around = at || middleOf(picture());
  hold(placed(around), around, factor);
}

function placed(at) {
  return new DOMPoint(at.clientX, at.clientY).matrixTransform(picture().getScreenCTM().inverse());
}

function middleOf(element) {
  const box = element.getBoundingClientRect();
  return { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
}

/** Shows all of it. */
function fit() {
  const whole = home();
  if (picture()) go(whole.x, whole.y, whole.width);
}

/** Brings a thing into view where it is out of sight, and closer where it is too small to read. */
function bring(id) {
  const [first] = marksOf(id);
  if (!first) return;
  const { width } = first.element.getBoundingClientRect();
  reveal(first.element, first.element.dataset.node && width < READABLE ? width / (2 * READABLE) : 1);
}

/** Brings a choice into view where the first look at a picture does not show it. */
function find(id) {
  const [first] = id ? marksOf(id) : [];
  if (first) reveal(first.element, 1);
}

function reveal(element, factor) {
  const box = element.getBoundingClientRect();
  const stage = $("stage").getBoundingClientRect();
  const isAside = box.left < stage.left || box.right > stage.right;
  const isBeyond = box.top < stage.top || box.bottom > stage.bottom;
  if (isAside || isBeyond || factor < 1) hold(placed(middleOf(element)), middleOf($("stage")), factor);
}

// Pointers ------------------------------------------------------------------------------------------------------------

const fingers = new Map();
let moved = false;

function press(event) {
  if (!picture()) return;
  if (!fingers.size) moved = false;
  fingers.set(event.pointerId, event);
}

function drag(event) {
  const before = fingers.get(event.pointerId);
  if (!before || !picture()) return;
  const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
  if (!moved && apart(before, event) < STILL) return;
  if (other) pinch(before, event, other);
  else hold(placed(before), event, 1);
  moved = true;
  $("stage").classList.add("dragging");
  fingers.set(event.pointerId, event);
}

function pinch(before, after, other) {
  const point = placed(between(before, other));
  hold(point, between(after, other), (apart(before, other) || 1) / (apart(after, other) || 1));
}

const apart = (one, other) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
const half = (one, other) => (one + other) / 2;
const between = (one, other) => ({ clientX: half(one.clientX, other.clientX), clientY: half(one.clientY, other.clientY) });

function release(event) {
  fingers.delete(event.pointerId);
  $("stage").classList.remove("dragging");
}

/** A wheel's notch is a step; a touchpad says many small ones, and a pinch on it is told as wheel with Ctrl. */
function wheel(event) {
  event.preventDefault();
  const lines = event.deltaMode ? 33 : 1;
  const turned = Math.min(Math.max(event.deltaY * lines, -200), 200);
  zoom(Math.exp(turned * (event.ctrlKey ? 0.01 : 0.00115)), event);
}

function pickAt(target) {
  const row = target.closest("[data-scenario]");
  if (row) return failRow(row);
  const mark = markAt(target);
  return set({ pick: mark && !mark.ids.includes(state.pick) ? mark.id : "" });
}

/** A machine or zone that has a picture of its own leads to it. */
function enter(target) {
  const mark = markAt(target);
  const inside = mark && pagesWith(mark.id).find((one) => isCloser(one, mark.id));
  if (inside) set({ view: inside.name, pick: mark.id });
}

/** The innermost thing that a part of the picture belongs to. */
const markAt = (target) => marks().filter(({ element }) => element.contains(target)).pop();

function failRow(row) {
  const names = row.dataset.scenario.split(" ");
  set({ fail: names.includes(state.fail) ? "" : names.find(scenarioOf) || "" });
}
