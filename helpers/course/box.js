// An answer box: what is asked comes as `asks`, the feedback as `says`. Texts go in as text, never as HTML.

function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

function chooser(id, name, choices, first) {
  const list = make("select", { id, ...(name ? { "aria-label": name } : {}) }, make("option", { value: "" }, first));
  list.append(...choices.map((choice) => make("option", { value: choice }, choice)));
  return list;
}

// Each form: the elements of the question, and what they hold now.
const FORMS = {
  number(asks, id) {
    const box = make("input", { id, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-unit` });
    return [[make("label", { for: id }, asks.words), box, make("span", { id: `${id}-unit` }, asks.unit)], () => box.value];
  },
  one(asks, id) {
    const list = chooser(id, "", asks.choices, "Choose one");
    list.setAttribute("aria-describedby", `${id}-unit`);
    return [[make("label", { for: id }, asks.words), list, make("span", { id: `${id}-unit` }, asks.unit)], () => list.value];
  },
  order(asks, id) {
    const lists = asks.choices.map((_, at) => chooser(`${id}-${at}`, `Place ${at + 1}`, asks.choices, `${at + 1}.`));
    return [[group(asks, lists)], () => lists.map((list) => list.value)];
  },
  some(asks, id) {
    const boxes = asks.choices.map((choice, at) => make("input", { id: `${id}-${at}`, type: "checkbox", value: choice }));
    const lines = boxes.map((box) => make("label", { for: box.id }, box, box.value));
    return [[group(asks, lines)], () => boxes.filter((box) => box.checked).map((box) => box.value)];
  },
  lines(asks, id) {
    const text = make("textarea", { id, rows: "6", cols: "16", spellcheck: "false", "aria-describedby": `${id}-unit` });
    const unit = make("span", { id: `${id}-unit` }, `${asks.unit}, one on each line`);
    return [[make("label", { for: id }, asks.words), text, unit], () => text.value];
  },
};

function group(asks, parts) {
  return make("fieldset", {}, make("legend", {}, `${asks.words}: ${asks.unit}`), ...parts);
}

function render({ model, el }) {
  const asks = { ...model.get("asks") };
  asks.words = `Your answer to ${asks.exercise}`;
  const [parts, given] = FORMS[asks.form](asks, `course-answer-${Math.random().toString(36).slice(2)}`);
  const hint = make("button", { type: "button" }, "Next hint");
  const form = make("form", { "aria-label": `Exercise ${asks.exercise}` });
  const status = make("p", { role: "status", "aria-live": "polite" });
  form.append(status, ...parts, make("span", { class: "course-do" }, make("button", { type: "submit" }, "Check"), hint));
  // JupyterLab takes letters, arrows and Enter for itself, unless it is told not to.
  form.dataset.lmSuppressShortcuts = "true";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.send({ do: "check", given: given() });
  });
  form.addEventListener("keydown", (event) => {
    event.stopPropagation(); // beyond, Enter is kept from forms
    const { localName } = event.target;
    if (event.key !== "Enter" || localName === "button" || (localName === "textarea" && !event.ctrlKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  hint.addEventListener("click", () => model.send({ do: "hint" }));
  const show = () => {
    const { kind, sentence } = model.get("says");
    status.dataset.kind = kind;
    status.replaceChildren(sentence);
  };
  model.on("change:says", show);
  show();
  el.classList.add("course-answer");
  el.append(form);
  return () => model.off("change:says", show);
}

export default { render };
