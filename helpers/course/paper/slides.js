// One slide at a time, by keyboard or by the two buttons. Without scripts they stand one below the other.
"use strict";
{
  const all = [...document.querySelectorAll(".slide")];
  const [back, next] = ["back", "next"].map((id) => document.getElementById(id));
  let now = -1;
  function go(to, focus = true) {
    const at = Math.min(Math.max(to, 0), all.length - 1);
    if (at === now) return;
    now = at;
    all.forEach((slide, number) => slide.classList.toggle("now", number === now));
    back.disabled = now === 0;
    next.disabled = now === all.length - 1;
    history.replaceState(null, "", `#s${now + 1}`);
    if (focus) all[now].querySelector("h1, h2").focus();
  }
  const asked = () => Number(location.hash.slice(2) || 1) - 1 || 0;
  const keys = { ArrowRight: () => now + 1, ArrowDown: () => now + 1, PageDown: () => now + 1, " ": () => now + 1, ArrowLeft: () => now - 1, ArrowUp: () => now - 1, PageUp: () => now - 1, Home: () => 0, End: () => all.length - 1 };
  document.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.altKey || event.ctrlKey || event.metaKey || (event.key === " " && event.target.closest("button"))) return;
    event.preventDefault();
    go(keys[event.key]());
  });
  back.addEventListener("click", () => go(now - 1));
  next.addEventListener("click", () => go(now + 1));
  window.addEventListener("hashchange", () => go(asked()));
  document.documentElement.classList.add("playing");
  go(asked(), false);
}
