"""The app's own style: `style.css`, and the colours it uses, which are the charts' own."""

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
    rules = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    return f"<style>.stApp {{ {colours} }}\n{rules}</style>"


STYLE = _style()

# The browser looks for a link's #exhibit-id before the page has drawn it: it is looked for until it stands still.
TO_EXHIBIT = """<script>
(() => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  let left = 150, still = 0, top = null, moved = false;
  for (const event of ["wheel", "keydown", "pointerdown"]) addEventListener(event, () => moved = true, {once: true});
  const look = () => {
    const found = document.getElementById(id);
    if (found && found.getBoundingClientRect().top !== top) {
      found.scrollIntoView();
      found.focus({preventScroll: true});
      top = found.getBoundingClientRect().top;
      still = 0;
    } else if (found) still += 1;
    if (left-- && still < 20 && !moved) setTimeout(look, 100);
  };
  look();
})();
</script>"""
