// What happens when something is pressed, and the first look.

function show() {
  controls();
  mount();
  place();
  fail();
  light();
  panel();
}

function follow() {
  read();
  settle();
  show();
  if (!state.at) find(state.pick);
}

function listen() {
  for (const name of ["env", "fail", ...FILTERS]) {
    $(name).addEventListener("change", () => set({ [name]: $(name).value }));
  }
  $("page").addEventListener("change", () => set({ view: $("page").value }));
  $("search").addEventListener("input", search);
  $("clear").addEventListener("click", clear);
  $("more").addEventListener("click", unfold);
  $("closer").addEventListener("click", () => zoom(0.8));
  $("farther").addEventListener("click", () => zoom(1.25));
  $("fit").addEventListener("click", fit);
  $("theme").addEventListener("click", () => set({ theme: isDark() ? "light" : "dark" }));
  document.addEventListener("keydown", keys);
  window.addEventListener("hashchange", follow);
}

function unfold() {
  const isOpen = $("filters").classList.toggle("open");
  $("more").setAttribute("aria-expanded", String(isOpen));
}

function listenToPointers() {
  const stage = $("stage");
  stage.addEventListener("pointerdown", press);
  stage.addEventListener("wheel", wheel, { passive: false });
  stage.addEventListener("focusin", rove);
  stage.addEventListener("click", (event) => {
    if (!moved && event.detail < 2) pickAt(event.target);
    moved = false;
  });
  stage.addEventListener("dblclick", (event) => enter(event.target));
  window.addEventListener("pointermove", drag);
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);
}

/** A page that is loaded anew, as the preview's is, stays where it was, and so does the focus. */
function stay() {
  const place = () => ({ scrolled: $("panel").scrollTop, focused: focused() });
  window.addEventListener("beforeunload", () => history.replaceState(place(), ""));
  if (!history.state) return;
  const { element } = marksOf(history.state.focused)[0] || { element: $(history.state.focused) };
  if (element && isAttended()) element.focus({ preventScroll: true });
  $("panel").scrollTop = history.state.scrolled;
}

/** The name of what has the focus: a control's, or that of a thing in the picture. */
function focused() {
  const here = document.activeElement;
  const mark = marks().find(({ element }) => element === here);
  return mark ? mark.id : here.id;
}

/** In the preview the findings may have the focus: it is not taken from them. */
const isAttended = () => !window.frameElement || parent.document.activeElement === window.frameElement;

listen();
listenToPointers();
follow();
history.replaceState(history.state, "", address()); // the first look is no step
stay();
