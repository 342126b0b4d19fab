"""The app's own style: `style.css` on the screen, `print.css` on paper, and the colours, which are the charts' own."""

from pathlib import Path

from sendviz.charts.palette import DARK, LIGHT

COLOURS = {
    "ink": (LIGHT.ink, DARK.ink),
    "quiet": (LIGHT.quiet, DARK.quiet),
    "focus": (LIGHT.focus, DARK.focus),
    "on-focus": (LIGHT.inside[0], DARK.inside[0]),
    "ground": ("#f4f6f8", DARK.ground),
    "card": (LIGHT.ground, "#16202b"),
    "soft": ("#eaf0f6", "#22303e"),
    "line": ("#d3dae1", "#344352"),
    "note": ("#fdf3d8", "#3a300f"),
    "note-line": ("#8a6100", "#e0b84c"),
}


def _style() -> str:
    colours = " ".join(f"--{name}: light-dark({light}, {dark});" for name, (light, dark) in COLOURS.items())
    rules = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("style.css", "print.css"))
    return f"<style>.stApp {{ {colours} }}\n{rules}\n{_dark_on_paper()}</style>"


def _dark_on_paper() -> str:
    """A chart drawn for the dark theme keeps its areas, with the words inside them, and takes the light theme's words,
    lines and points: paper is white whatever the screen was."""
    quiet = [(DARK.ink, LIGHT.ink), (DARK.quiet, LIGHT.quiet), (DARK.grid, LIGHT.grid), (DARK.ground, LIGHT.ground)]
    words, marks = [*zip(DARK.words, LIGHT.words, strict=True)], [*zip(DARK.series, LIGHT.series, strict=True)]
    rules = [f"svg text[fill='{dark}'] {{ fill: {light}; }}" for dark, light in (*quiet, *words)]
    rules += [f"svg [stroke='{dark}'] {{ stroke: {light}; }}" for dark, light in (*quiet, *marks)]
    rules += [f"svg .mark-symbol [fill='{dark}'] {{ fill: {light}; }}" for dark, light in (*quiet, *marks)]
    return f"@media print {{ {' '.join(rules)} }}"


STYLE = _style()

# What the browser does itself. It names each chart by the headline over it, by what it shows and by what is noted on
# it, which then follow every change of the figures. It keeps what was chosen to see of an exhibit when its figures are
# written anew, before anybody sees them. It looks for a link's #exhibit-id, not drawn yet when it comes, until it is
# still. And it makes one step of the browser's history of those that Streamlit takes at once, one for each filter that
# a reset takes off: Back would else show a part of the selection.
SCRIPT = """<script>
(() => {
  if (!window.oneStep) {
    const [push, replace] = [history.pushState, history.replaceState].map(way => way.bind(history));
    let last = 0;
    window.oneStep = history.pushState = (state, title, url) => {
      const same = new URL(url ?? location.href, location.href).pathname === location.pathname;
      (same && performance.now() - last < 600 ? replace : push)(state, title, url);
      last = performance.now();
    };
  }
  const name = () => document.querySelectorAll("[class*=st-key-exhibit-] [role=graphics-document]").forEach(chart => {
    const card = chart.closest("[class*=st-key-exhibit-]"), head = card.querySelector(".head");
    const happened = [...card.querySelectorAll(".happened")].map(event => `. ${event.textContent}`).join("");
    const said = head && `${head.querySelector("h2").textContent}. ${head.querySelector("p").textContent}${happened}`;
    if (said && chart.getAttribute("aria-label") !== said) chart.setAttribute("aria-label", said);
  });
  const kept = window.keptChoices ??= {}, chosen = ".views input, .opens";
  const named = input => `${input.closest("[class*=st-key-exhibit-]")?.className} ${input.name}`;
  const keep = ({target: input}) => {
    if (input.matches(chosen)) kept[named(input)] = input.type === "radio" ? input.value : input.checked;
  };
  const restore = () => document.querySelectorAll(".panels:not([data-kept])").forEach(panels => {
    panels.dataset.kept = "";
    panels.parentElement.querySelectorAll(chosen).forEach(input => {
      const choice = kept[named(input)];
      if (choice !== undefined) input.checked = input.type === "radio" ? input.value === choice : choice;
    });
  });
  let due = 0;  // once the page is drawn, not at each of its thousand changes
  const soon = () => { restore(); clearTimeout(due); due = setTimeout(name, 250); };
  new MutationObserver(soon).observe(document.querySelector("[data-testid=stMain]"),
    {subtree: true, childList: true, characterData: true});
  window.keeps ??= (document.addEventListener("change", keep), true);
  restore();
  name();
  const id = decodeURIComponent(location.hash.slice(1));
  let left = id ? 150 : 0, still = 0, top = null;
  for (const event of ["wheel", "keydown", "pointerdown"]) addEventListener(event, () => left = 0, {once: true});
  const look = () => {
    const found = document.getElementById(id);
    if (found && found.getBoundingClientRect().top !== top) {
      found.scrollIntoView();
      found.focus({preventScroll: true});
      top = found.getBoundingClientRect().top;
      still = 0;
    } else if (found) still += 1;
    if (left-- > 0 && still < 20) setTimeout(look, 100);
  };
  if (id) look();
})();
</script>"""
