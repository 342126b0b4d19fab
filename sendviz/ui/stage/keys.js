// The stage's keys and buttons. Presses are numbered, so that none is lost when several come while the server is at
// work; a press that comes while somebody writes in a filter is the filter's.

const DOES = {
  ArrowRight: "next", PageDown: "next", " ": "next", Enter: "next", ArrowLeft: "before", PageUp: "before",
  Home: "first", End: "last", b: "blank", ".": "blank", f: "full", Escape: "leave", t: "table", s: "strip",
  z: "prepared", q: "follow", "?": "keys", h: "keys",
};
const BUTTONS = [
  ["before", "Screen before", "M15 5l-7 7 7 7"],
  ["next", "Next screen", "M9 5l7 7-7 7"],
  ["strip", "Filters", "M4 6h16M7 12h10M10 18h4"],
  ["table", "Table", "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9"],
  ["follow", "Follow on a phone", "M8 3h8v18H8zM11 18h2"],
  ["full", "Full screen", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"],
  ["keys", "Keys", "M9.5 9a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 1-1 2.2M12 17v.5M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0"],
  ["leave", "Leave the presentation", "M6 6l12 12M18 6L6 18"],
];
const stage = window.sendvizStage ??= {presses: [], count: 0};

function press(does) {
  if (does === "full") {
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    return;
  }
  stage.count += 1;
  stage.presses = [...stage.presses, [stage.count, does]].slice(-40);
  stage.tell("asked", {count: stage.count, presses: stage.presses});
}

// Whether the press belongs to what has the focus: a field that is written in, an open list, or a button reached with
// the keyboard. Clickers send Page Up and Page Down, or arrows, which a field that is empty has no use for.
function taken(event) {
  const at = event.target, list = document.querySelector("[role=listbox]");
  const field = at.closest("input:not([type=checkbox]), textarea, [contenteditable=true]");
  if (["PageDown", "PageUp"].includes(event.key)) return false;
  if (event.key === "Escape") return Boolean(list);
  if (["ArrowRight", "ArrowLeft"].includes(event.key)) return Boolean(list || field?.value);
  if ([" ", "Enter"].includes(event.key)) return Boolean(list || field || at.closest("button, a, label, input"));
  return Boolean(list || field);
}

// A choice made with the mouse leaves the keys with the stage.
function chosen(event) {
  if (event.detail && event.target.closest(".st-key-strip button, [role=option]")) {
    setTimeout(() => document.querySelector("[role=listbox]") || document.activeElement?.blur(), 150);
  }
}

function scrolled(event) {
  const table = document.querySelector(".st-key-stage-large .scrolls");
  const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (table && by) table.scrollBy({top: by * table.clientHeight / 3});
  return Boolean(table && by);
}

function heard(event) {
  if (!document.querySelector(".st-key-stage") || event.ctrlKey || event.metaKey || event.altKey || taken(event)) return;
  const does = DOES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (does) press(does);
  if (does || scrolled(event)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

let due = 0;
function measured() {
  clearTimeout(due);
  due = setTimeout(() => {
    const size = [innerWidth, innerHeight];
    if (String(size) !== String(stage.size)) stage.tell("size", stage.size = size);
  }, stage.size ? 200 : 0);
}

// Each screen takes the place of the one before in the browser's history: Back leaves the stage.
function oneStep() {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const to = new URL(url ?? location.href, location.href);
    const same = to.pathname === location.pathname && to.searchParams.has("order");
    same && new URL(location.href).searchParams.has("order") ? history.replaceState(state, title, url) : push(state, title, url);
  };
}

function buttons(root) {
  for (const [does, name, path] of BUTTONS) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.does = does;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
    button.onclick = event => {
      if (event.detail) button.blur();  // a click of the mouse must not leave Space and Enter with the button
      press(does);
    };
    root.append(button);
  }
}

export default function({parentElement, data, setStateValue}) {
  stage.tell = setStateValue;
  const root = parentElement.querySelector(".stage-buttons");
  if (!root.childElementCount) {
    buttons(root);
    stage.size = undefined;
  }
  for (const button of root.children) {
    const does = button.dataset.does;
    if (["strip", "table", "follow", "keys"].includes(does)) {
      button.setAttribute("aria-pressed", String(does === "strip" ? data.strip : data.view === does));
    }
    if (["strip", "table"].includes(does)) button.disabled = data.words;
  }
  if (!stage.listens) {
    stage.listens = true;
    document.addEventListener("keydown", heard, true);
    document.addEventListener("click", chosen, true);
    addEventListener("resize", measured);
    oneStep();
  }
  measured();
}
