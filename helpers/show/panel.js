// Around Altair's own `render`, for every panel: names for slider handles, keys for steps, a menu to save or copy.

function entry(menu, words, act) {
  const link = document.createElement("a");
  link.textContent = words;
  link.href = "#";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    act(link);
  });
  menu.append(link);
}

function extendMenu({ model, el }) {
  const menu = el.querySelector(".vega-actions");
  if (!menu || menu.dataset.extended) return;
  menu.dataset.extended = "yes";
  const now = () => model.get("_params").panel ?? {};
  entry(menu, "Save data (CSV)", () => {
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob([csv(now().rows ?? [])], { type: "text/csv" }));
    file.download = `${model.get("embed_options").downloadFileName}.csv`;
    file.click();
    URL.revokeObjectURL(file.href);
  });
  entry(menu, "Copy this setting as code", async (link) => {
    try {
      await navigator.clipboard.writeText(now().line);
      link.textContent = "Copied";
    } catch {
      link.textContent = now().line; // where the browser refuses the clipboard, the reader can select it
      link.style.userSelect = "all";
    }
  });
}

// ipywidgets gives a slider's handle a role and a value, but no name; nor has a typed twin a label of its own.
function nameHandles(panel) {
  for (const control of panel.querySelectorAll(".course-control")) {
    const words = control.querySelector(".widget-label")?.textContent;
    const handles = control.querySelectorAll('[role="slider"]:not([aria-label])');
    const boxes = [...control.querySelectorAll("input, select")].filter((box) => !box.labels?.[0]?.textContent && !box.ariaLabel);
    for (const parts of [[...handles], boxes]) {
      parts.forEach((part, at) =>
        part.setAttribute("aria-label", parts.length > 1 ? `${words}, ${at ? "to" : "from"}` : words),
      );
    }
  }
}

// JupyterLite (and older JupyterLabs) take these keys for the notebook before a slider sees them, unless told to leave them.
const SLIDER_KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"];

function leaveSliderKeys() {
  if (window.courseSliderKeys) return;
  window.courseSliderKeys = true;
  const told = (event) =>
    event.target.closest?.('.course-panel [role="slider"]')?.toggleAttribute(
      "data-lm-suppress-shortcuts",
      SLIDER_KEYS.includes(event.key) && !(event.ctrlKey || event.metaKey || event.altKey),
    );
  window.addEventListener("keydown", told, true); // on its way down: before the document, where they listen
}

function dress({ model, el }) {
  const panel = el.closest(".course-panel");
  if (!panel || panel.dataset.dressed) return;
  panel.dataset.dressed = "yes";
  nameHandles(panel);
  leaveSliderKeys();
  const ofControls = (record) => !record.target.closest?.(".vega-embed"); // the chart changes with every answer
  new MutationObserver((records) => records.some(ofControls) && nameHandles(panel)).observe(panel, {
    childList: true,
    subtree: true,
  });
  panel.querySelector(".course-steps")?.addEventListener("keydown", (event) => {
    const way = { ArrowRight: ".course-next", ArrowLeft: ".course-back" }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    panel.querySelector(way).click();
  });
}

// Vega calls every group of marks a picture; one without a name (a brush, a layer that is empty now) is only a group.
function unnamedMarksAreGroups({ el }) {
  for (const marks of el.querySelectorAll('svg [role="graphics-symbol"]:not([aria-label])')) {
    marks.removeAttribute("role");
    marks.removeAttribute("aria-roledescription");
  }
}

async function renderInPanel(context) {
  await render(context);
  unnamedMarksAreGroups(context);
  extendMenu(context);
  for (let tries = 0; tries < 100 && !context.el.isConnected; tries++) await new Promise((done) => setTimeout(done, 50));
  dress(context);
}
