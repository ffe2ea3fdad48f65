const $ = (id) => document.getElementById(id);
const CHOICES = CONTENT.kind === "pairs"
  ? ["left", "tie", "right"] : ["1", "2", "3", "4", "5"];
const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowDown: "tie",
  1: "1", 2: "2", 3: "3", 4: "4", 5: "5" };
let language = navigator.language.startsWith("zh") ? "zh" : "en";
let rater = null, order = [], answers = {}, place = 0, shownAt = 0;

// A rater's name fixes the order, so that a reload does not change it.
function randomOf(text) {
  let state = 2166136261;
  for (const letter of text) {
    state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function orderFor(name) {
  const random = randomOf(CONTENT.page + name);
  const questions = Object.keys(CONTENT.questions).map((id) => {
    const pictures = CONTENT.questions[id];
    return { id, pictures: random() < 0.5 ? pictures : [...pictures].reverse() };
  });
  for (let last = questions.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [questions[last], questions[other]] = [questions[other], questions[last]];
  }
  return questions;
}

const slot = () => `rating ${CONTENT.page} ${rater}`;

function read() {
  try {
    return JSON.parse(localStorage.getItem(slot())) || {};
  } catch {
    return {};
  }
}

function keep() {
  try {
    localStorage.setItem(slot(), JSON.stringify(answers));
  } catch {
    $("unsaved").hidden = false;
  }
}

function begin(event) {
  event.preventDefault();
  rater = $("rater").value.trim();
  if (!rater) return;
  order = orderFor(rater);
  answers = read();
  place = order.findIndex((question) => !(question.id in answers));
  if (place < 0) place = order.length;
  $("start").hidden = true;
  show();
}

function show() {
  const done = place >= order.length;
  $("rating").hidden = done;
  $("end").hidden = !done;
  if (done) return $("save").focus();
  const text = TEXTS[language], { id, pictures } = order[place];
  const sides = pictures.length > 1 ? ["left", "right"] : ["only"];
  $("progress").value = place / order.length;
  $("count").textContent = text.count(place + 1, order.length);
  $("pictures").replaceChildren(...pictures.map((name, side) => {
    const image = document.createElement("img");
    image.src = CONTENT.pictures[name];
    image.alt = text.picture[sides[side]];
    return image;
  }));
  $("answers").replaceChildren(...CHOICES.map((choice) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text.answers[choice];
    button.dataset.choice = choice;
    button.setAttribute("aria-pressed", answers[id]?.answer === choice);
    button.onclick = () => answer(choice);
    return button;
  }));
  $("back").disabled = place === 0;
  shownAt = performance.now();
}

function answer(choice) {
  const { id } = order[place];
  const seconds = ((performance.now() - shownAt) / 1000).toFixed(1);
  answers[id] = { answer: choice, seconds };
  keep();
  place++;
  show();
}

function back() {
  if (place > 0) {
    place--;
    show();
  }
}

function quoted(text) {
  return `"${String(text).replaceAll('"', '""')}"`;
}

function asCsv() {
  const header = "page,rater,question,left,right,answer,seconds";
  const rows = order.filter(({ id }) => id in answers).map(({ id, pictures }) =>
    [CONTENT.page, quoted(rater), id, pictures[0], pictures[1] || "",
      answers[id].answer, answers[id].seconds].join(","));
  return [header, ...rows].join("\r\n") + "\r\n";
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", asCsv()], { type: "text/csv" }));
  link.download = `rating_${rater.replaceAll(/[^\p{L}\p{N}_-]+/gu, "_")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function speak() {
  const text = TEXTS[language];
  document.documentElement.lang = language;
  document.title = $("title").textContent = text.title[CONTENT.kind];
  $("language").textContent = text.other;
  $("language").lang = text.otherCode;
  $("welcome").textContent = text.welcome;
  $("rater-label").textContent = text.rater;
  $("begin").textContent = text.begin;
  $("keys").textContent = text.keys[CONTENT.kind];
  $("back").textContent = text.back;
  $("thanks").textContent = text.thanks;
  $("save").textContent = text.save;
  $("review").textContent = text.review;
  $("unsaved").textContent = text.unsaved;
  if (rater) show();
}

$("language").onclick = () => {
  language = TEXTS[language].otherCode;
  speak();
};
$("start").onsubmit = begin;
$("back").onclick = back;
$("review").onclick = back;
$("save").onclick = save;
document.addEventListener("keydown", (event) => {
  if ($("rating").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  // A key held down answers one question, not all of them.
  if (event.repeat) return event.preventDefault();
  if (event.key === "Backspace") back();
  else if (CHOICES.includes(KEYS[event.key])) answer(KEYS[event.key]);
  else return;
  event.preventDefault();
});
speak();
