// Presents the screens of this page: one at a time on a wall, one below the other on a phone and on paper.

const { specs, data, drawings } = JSON.parse(document.getElementById("drawings").textContent);
const root = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const wall = matchMedia("(min-width: 760px) and (min-height: 480px)");  // less is read as a page
const square = matchMedia("(max-aspect-ratio: 3/2)");
const dark = matchMedia("(prefers-color-scheme: dark)");

// A screen is an article with one of its charts; words, and what leaves nothing, have none.
const screens = all("article").flatMap(article => {
  const figures = all("figure.part", article);
  return figures.length ? figures.map(figure => ({ article, figure })) : [{ article }];
});
let at = Math.min(Math.max(Number(location.hash.slice(1)) - 1 || 0, 0), screens.length - 1);
let printing = false;


// Charts

const form = () => printing ? "wide" : !wall.matches ? "narrow" : square.matches ? "tall" : "wide";
const theme = () => printing ? "light" : root.dataset.theme;

// A month is the first moment of its first day here, wherever here is.
function rows({ dates, columns }) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, n) => Object.fromEntries(names.map(name => {
    const value = columns[name][n];
    return [name, dates.includes(name) && value ? +new Date(`${value}T00:00`) : value];
  })));
}

// `ast`: Vega would else make functions of the expressions in a chart, which this page's policy forbids. Nothing in here
// waits for anything but its own sums, so a chart stands before paper or the next frame needs it.
async function draw(chart) {
  const drawing = drawings[chart.dataset.drawing][form()];
  const width = form() === "narrow" ? chart.clientWidth : 0;
  const state = drawing && `${form()} ${theme()} ${width}`;
  if (!state || chart.dataset.drawn === state) return;
  chart.dataset.drawn = state;
  chart.drawn?.finalize();
  const spec = { ...specs[drawing[theme()]], datasets: { source: rows(data[drawing.data]) } };
  spec.description = chart.getAttribute("aria-label");  // or Vega takes the name away
  if (width) spec.width = width;
  chart.drawn = await window.vegaEmbed(chart, spec, { ast: true, renderer: "svg", actions: false, defaultStyle: false });
  find("svg", chart)?.setAttribute("preserveAspectRatio", "xMinYMin meet");  // begins where the headline does
}

// What is on the screen is drawn at once, the one after it as soon as there is time; a page has all on it.
function drawSeen() {
  if (!wall.matches) return all(".chart").forEach(drawLater);
  const { figure } = screens[at];
  if (figure) draw(find(".chart", figure));
  const next = screens[at + 1]?.figure;
  if (next) drawLater(find(".chart", next));
}

const drawLater = chart => setTimeout(() => draw(chart));


// Screens

function show(n) {
  const before = screens[at];
  at = Math.min(Math.max(n, 0), screens.length - 1);
  for (const { article, figure } of [before, screens[at]]) {
    article.classList.toggle("shown", article === screens[at].article);
    figure?.classList.toggle("shown", figure === screens[at].figure);
  }
  setTable(false);
  find(".blank").hidden = true;
  find(".progress div").style.width = `${(at + 1) / screens.length * 100}%`;
  location.replace(`#${at + 1}`);  // so that the page comes back to this screen, without a step in the history
  showNote();
  drawSeen();
}

function say() {
  const { article, figure } = screens[at];
  const words = [find("h2", article), figure && find("figcaption", figure), find(".place", article)];
  find(".said").textContent = words.filter(Boolean).map(element => element.textContent).join(". ");
}

function go(n) {
  show(n);
  say();
}

function showNote() {
  const note = find(".note", screens[at].article);
  find("aside").innerHTML = note ? note.innerHTML : "<p>No note for this screen.</p>";
}

function setTable(on) {
  const table = find(".more", screens[at].article);
  root.classList.toggle("table", on && Boolean(table));
  find("nav [data-key=t]").setAttribute("aria-pressed", on && Boolean(table));
  if (on && table) {
    table.scrollTop = 0;
    table.focus();
  } else document.activeElement?.closest(".more")?.blur();
}

function setTheme(name) {
  root.dataset.theme = name;
  drawSeen();
}

function toggleKeys() {
  const dialog = find("dialog");
  dialog.open ? dialog.close() : dialog.showModal();
}

function toggleFull() {
  document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
}

function leave() {
  find("dialog").close();
  find(".blank").hidden = true;
  find("aside").hidden = true;
  setTable(false);
}


// Keys: clickers send Page Down, Page Up, "." or B

const toggle = selector => () => { find(selector).hidden = !find(selector).hidden; };
const next = () => go(at + 1);
const previous = () => go(at - 1);
const KEYS = {
  ArrowRight: next, PageDown: next, " ": next, Enter: next,
  ArrowLeft: previous, PageUp: previous,
  Home: () => go(0), End: () => go(screens.length - 1),
  t: () => setTable(!root.classList.contains("table")),
  b: toggle(".blank"), ".": toggle(".blank"),
  n: toggle("aside"),
  f: toggleFull,
  d: () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"),
  "?": toggleKeys, h: toggleKeys,
  Escape: leave,
};

addEventListener("keydown", event => {
  const onButton = event.target.closest?.("button") && [" ", "Enter"].includes(event.key);  // which it presses
  if (!wall.matches || onButton || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  if (act !== toggleKeys) find("dialog").close();
  act();
});

for (const button of all("button")) {
  button.addEventListener("click", event => {
    if (event.detail) button.blur();  // pressed with a mouse: Space and Enter are for the next screen again
    KEYS[button.dataset.key]();
  });
}


// The room: its size, its light, paper

function arrange() {
  root.classList.toggle("stage", wall.matches);
  drawSeen();
}

function print(begins) {
  printing = begins;
  all(".chart").forEach(draw);
  if (!begins) drawSeen();
}

await document.fonts.load('16px "Source Sans"');  // charts measure their words before they draw
root.dataset.theme = dark.matches ? "dark" : "light";
show(at);
arrange();
wall.addEventListener("change", arrange);
square.addEventListener("change", drawSeen);
dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
addEventListener("resize", () => wall.matches || drawSeen());
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
