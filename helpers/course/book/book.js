// The open book: panels that answer from what was worked out when the book was built, search, glossary, theme.
// Nothing is fetched: scripts are added as the page needs them, so a folder on a stick works like a site.
"use strict";
const book = (() => {
  const waiting = new Map(); // scripts asked for
  const panels = new Map();
  let index = null;

  function script(address) {
    if (!waiting.has(address)) {
      waiting.set(address, new Promise((done, fail) => {
        const tag = document.createElement("script");
        Object.assign(tag, { src: address, onload: done, onerror: () => fail(new Error(`${address} is missing`)) });
        document.head.append(tag);
      }));
    }
    return waiting.get(address);
  }

  async function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  // --- panels ---
  class Panel {
    constructor(place) {
      this.place = place;
      this.ready = this.load();
    }

    async load() {
      const { number } = this.place.dataset;
      await script(`panels/${number}.js`);
      this.made = panels.get(number);
      this.answers = await unpack(this.made.answers);
      this.rows = new Map();
      this.start = this.made.controls.map((c) => c.stops[c.start][0]);
      this.now = [...this.start];
      this.anchor = [...this.start]; // the question or step that the reader came from
      this.wire();
      for (const part of this.place.querySelectorAll("[disabled]")) part.disabled = false;
      this.show(false);
    }

    part(words) { return this.place.querySelector(words); }
    key(values = this.now) { return JSON.stringify(values); }
    at(control) { return this.made.controls.findIndex((c) => c.name === control); }

    wire() {
      for (const button of this.place.querySelectorAll("[data-question]")) {
        button.addEventListener("click", () => this.go(JSON.parse(this.made.questions[button.dataset.question] ?? this.key(this.start)), true));
      }
      for (const box of this.place.querySelectorAll(".control")) {
        const input = box.querySelector("input, select");
        const at = this.at(box.dataset.control);
        input.addEventListener("input", () => this.move(at, this.made.controls[at].stops[input.value][0]));
      }
      const steps = this.part(".steps");
      if (steps) {
        const at = this.at(steps.dataset.control);
        const { stops } = this.made.controls[at];
        const go = (by) => {
          const next = stops.findIndex(([value]) => same(value, this.now[at])) + by;
          if (stops[next]) this.move(at, stops[next][0]);
        };
        steps.querySelector(".back").addEventListener("click", () => go(-1));
        steps.querySelector(".next").addEventListener("click", () => go(1));
        steps.addEventListener("keydown", (event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (by) { event.preventDefault(); go(by); }
        });
      }
      this.part(".share").addEventListener("click", (event) => this.share(event.target));
      this.part(".data").addEventListener("click", () => save(`${this.made.title}.csv`, csv(this.found()), "text/csv"));
      this.part(".svg").addEventListener("click", () => {
        const svg = this.part(".picture svg").cloneNode(true);
        svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
        save(`${this.made.title}.svg`, svg.outerHTML, "image/svg+xml");
      });
    }

    // One control moves: among what is answered, first with the others as they are, else from the question or step, else from the start.
    move(at, value) {
      const tries = [this.now, this.anchor, this.start].map((from) => from.with(at, value));
      if (this.steps() === at) tries.splice(1, 1, this.start.with(at, value)); // a step keeps no question
      const next = tries.find((values) => this.answers.by[this.key(values)]);
      if (!next) {
        this.place.classList.add("empty");
        this.say("This page does not hold that setting. The live course answers every one: see “Ways in”.");
        return;
      }
      const others = next.filter((other, i) => i !== at && !same(other, this.now[i])).length;
      if (this.steps() === at) this.anchor = next;
      this.go(next, false, others ? " (The other controls went back: this page moves one at a time.)" : "");
    }

    steps() { return this.made.controls.findIndex((c) => c.kind === "steps"); }

    go(values, anchor, note = "") {
      if (anchor) this.anchor = values;
      this.now = values;
      return this.show(true, note);
    }

    found() { return (this.answers.by[this.key()] ?? [[]])[0].map((row) => this.row(row)); }
    row(number) {
      if (!this.rows.has(number)) this.rows.set(number, JSON.parse(this.answers.pool[number]));
      return this.rows.get(number);
    }
    say(words) { this.part(".reading").textContent = words; }

    async show(draw, note = "") {
      const [, signals, reading, detail, more] = this.answers.by[this.key()] ?? [];
      if (reading === undefined) return;
      this.place.classList.remove("empty");
      this.say(reading + note);
      this.part(".detail").innerHTML = detail; // made by the course's own `safe.html` when the book was built
      this.part(".more").hidden = !more;
      this.part(".more p").textContent = more;
      this.made.controls.forEach((control, at) => {
        const place = control.stops.findIndex(([value]) => same(value, this.now[at]));
        if (control.kind === "steps") {
          this.part(".steps output").textContent = `Step ${place + 1} of ${control.stops.length}: ${control.stops[place][1]}`;
          this.part(".steps .back").disabled = place === 0;
          this.part(".steps .next").disabled = place === control.stops.length - 1;
          return;
        }
        const box = this.part(`.control[data-control="${control.name}"]`);
        const input = box.querySelector("input, select");
        if (place >= 0) input.value = place;
        if (control.kind === "slider") {
          input.setAttribute("aria-valuetext", control.stops[place][1]);
          box.querySelector("output").textContent = control.stops[place][1];
        }
      });
      this.signals = { ...this.answers.signals, ...this.signals, ...signals }; // axes never lose their ends
      if (draw) await this.draw();
    }

    async draw() {
      const value = { ...this.signals, rows: this.found() };
      if (!this.view) {
        this.view ??= (async () => {
          await script("vega.js");
          const spec = { ...this.made.spec, params: this.made.spec.params.map((p) => (p.name === "panel" ? { ...p, value } : p)) };
          const place = document.createElement("figure");
          place.className = "picture";
          const { view } = await vegaEmbed(place, spec, { actions: false, renderer: "svg" });
          this.part(".picture").replaceWith(place);
          return view;
        })();
      }
      const view = await this.view;
      this.asked = value;
      await view.signal("panel", this.asked).runAsync();
      this.place.dataset.drawn = this.key();
    }

    async share(button) {
      const address = `${location.href.split("#")[0]}#${this.place.id}=${encodeURIComponent(this.key())}`;
      history.replaceState(null, "", address);
      try {
        await navigator.clipboard.writeText(address);
        button.textContent = "Copied";
      } catch {
        button.textContent = "The address bar holds it";
      }
    }
  }

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function save(name, text, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name.replace(/[^\w.-]+/g, "-").toLowerCase();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // --- a link to one panel at one setting ---
  async function follow() {
    const [, id, key] = /^#(panel-[^=]+)=(.+)$/.exec(location.hash) ?? [];
    const place = id && document.getElementById(id);
    if (!place) return;
    place.scrollIntoView();
    const panel = wake(place);
    await panel.ready;
    const values = JSON.parse(decodeURIComponent(key));
    if (panel.answers.by[panel.key(values)]) await panel.go(values, true);
    else panel.say("This page does not hold the setting of that link. The live course answers every one: see “Ways in”.");
  }

  function wake(place) {
    place.book ??= new Panel(place);
    return place.book;
  }

  // --- search ---
  async function search(words) {
    const box = document.getElementById("found");
    const wanted = words.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
    box.hidden = !wanted.length;
    if (!wanted.length) return;
    await script("search.js");
    const hits = [];
    for (const [page, title, address, heading, text] of index) {
      const [top, low] = [`${title} ${heading}`.toLowerCase(), text.toLowerCase()];
      if (!wanted.every((word) => top.includes(word) || low.includes(word))) continue;
      const score = wanted.reduce((sum, word) => sum + (heading.toLowerCase().includes(word) ? 20 : 0) + (top.includes(word) ? 5 : 0) + Math.min(5, low.split(word).length - 1), 0);
      const at = Math.max(0, low.indexOf(wanted.find((word) => low.includes(word)) ?? "") - 60);
      hits.push({ score, page, title, address, heading, excerpt: text.slice(at, at + 160) });
    }
    const lesson = (hit) => !hit.page.startsWith("reference_"); // a reader's page before a programmer's
    hits.sort((a, b) => lesson(b) - lesson(a) || b.score - a.score);
    const list = document.createElement("ol");
    for (const hit of hits.slice(0, 20)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = hit.page + (hit.address ? `#${hit.address}` : "");
      link.textContent = [hit.title, hit.heading].filter(Boolean).join(": ");
      item.append(link, document.createElement("br"), `… ${hit.excerpt} …`);
      list.append(item);
    }
    const said = document.createElement("p");
    said.textContent = hits.length ? `${hits.length} places` : "Nothing found.";
    box.replaceChildren(said, list);
  }

  // --- the meaning of a term, in place ---
  function explain(link) {
    document.getElementById("meaning")?.remove();
    if (!link) return;
    const box = document.createElement("div");
    box.id = "meaning";
    box.setAttribute("role", "tooltip");
    box.textContent = link.dataset.meaning;
    if (link.dataset.chinese) {
      const chinese = document.createElement("span");
      chinese.lang = "zh-Hans";
      chinese.textContent = link.dataset.chinese;
      box.prepend(chinese, " ");
    }
    document.body.append(box);
    link.setAttribute("aria-describedby", "meaning");
    const { left, bottom } = link.getBoundingClientRect();
    box.style.top = `${bottom + scrollY + 4}px`;
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8)) + scrollX}px`;
  }

  // --- a link that fetches the course on a hub, or updates a copy (nbgitpuller's form of it) ---
  function link(form) {
    const said = form.querySelector("output");
    const copy = form.querySelector("button");
    const given = (name) => form.elements[name].value.trim().replace(/\/+$/, "");
    const make = () => {
      const [hub, repo] = [given("hub"), given("repo")];
      const whole = /^https?:\/\/[^/\s]/.test(hub) && /\S\/\S/.test(repo);
      copy.disabled = !whole;
      if (!whole) return said.replaceChildren("The link stands here when both addresses are filled in.");
      const opens = `lab/tree/${repo.split("/").pop()}/notebooks/${given("notebook")}.ipynb`;
      const made = document.createElement("a");
      made.href = made.textContent = `${hub}/hub/user-redirect/git-pull?${new URLSearchParams({ repo, branch: given("branch") || "main", urlpath: opens })}`;
      made.rel = "noopener noreferrer";
      said.replaceChildren(made);
    };
    for (const name of ["input", "change"]) form.addEventListener(name, make);
    form.addEventListener("submit", (event) => event.preventDefault());
    copy.addEventListener("click", () => navigator.clipboard?.writeText(said.textContent));
  }

  function start() {
    document.querySelectorAll("form.link").forEach(link);
    const theme = localStorage.getItem("theme");
    if (theme) document.documentElement.dataset.theme = theme;
    document.getElementById("theme").addEventListener("click", () => {
      const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
      document.documentElement.dataset.theme = dark ? "light" : "dark";
      localStorage.setItem("theme", document.documentElement.dataset.theme);
    });
    if (innerWidth <= 760) document.querySelector(".contents details")?.removeAttribute("open");
    const box = document.getElementById("search");
    box.addEventListener("input", () => search(box.value));
    for (const filter of document.querySelectorAll("[data-filter]")) {
      filter.addEventListener("input", () => {
        for (const line of document.querySelectorAll(filter.dataset.filter)) line.hidden = !line.textContent.toLowerCase().includes(filter.value.toLowerCase());
      });
    }
    for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => explain(event.target.closest?.(".term")));
    document.addEventListener("keydown", (event) => event.key === "Escape" && explain(null));
    document.addEventListener("click", (event) => {
      const term = event.target.closest?.(".term");
      if (term && matchMedia("(hover: none)").matches) { event.preventDefault(); explain(term); } // a finger cannot point
    });
    const near = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => wake(one.target)), { rootMargin: "600px" });
    document.querySelectorAll(".panel").forEach((place) => near.observe(place));
    addEventListener("hashchange", follow);
    addEventListener("beforeprint", () => document.querySelectorAll("main details:not(.code):not(.behind)").forEach((fold) => (fold.open = true)));
    follow();
  }
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
  return { panel: (number, made) => panels.set(number, made), index: (found) => (index = found), wake };
})();
