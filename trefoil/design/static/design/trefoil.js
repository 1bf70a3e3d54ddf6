// Progressive enhancement only: every page works without this file.

const script = document.getElementById("trefoil-script");

async function startComponents() {
  if (!script || !("noModule" in HTMLScriptElement.prototype)) return;
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  const { initAll } = await import(script.dataset.frontend);
  initAll();
}

function addPrintButtons() {
  for (const place of document.querySelectorAll("[data-print-button]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = place.dataset.printButton || "Print this page";
    button.addEventListener("click", () => window.print());
    place.append(button);
  }
}

function openDetailsForPrint() {
  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details[data-print-open]:not([open])")) {
      details.open = true;
      opened.push(details);
    }
  });
  window.addEventListener("afterprint", () => {
    while (opened.length) opened.pop().open = false;
  });
}

function minutesAndSeconds(seconds) {
  if (seconds > 90) return `${Math.round(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

// A second late, never early: the page may say "signed out" only once the server has ended the session.
function endAfter(seconds) {
  return Date.now() + (seconds + 1) * 1000;
}

// Hidden fields are not typed, and a form that only looks something up loses nothing.
function isTypedIn(field) {
  if (["hidden", "submit", "button", "reset"].includes(field.type)) return false;
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.defaultSelected && !one.selected);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

// A draft holds neither files nor passwords, and `draftFailed` says that it could not be kept at all.
function isKept(field) {
  const { draft, draftFailed } = field.form.dataset;
  return draft !== undefined && draftFailed === undefined && !["file", "password"].includes(field.type);
}

function fateOfWords(will) {
  const forms = [...document.querySelectorAll("form[method=post]")].filter((form) => form.id !== "session-warning-form");
  const typed = forms.flatMap((form) => [...form.elements]).filter(isTypedIn);
  const kept = typed.some(isKept) || (!typed.length && document.querySelector("form[data-draft]"));
  const lost = typed.some((field) => !isKept(field));
  if (kept && lost) return `What you wrote is kept as your draft. What else you filled in on this page ${will} lost.`;
  if (lost) return `What you typed and did not save ${will} lost.`;
  return kept ? "What you typed is kept as your draft." : "";
}

function warnBeforeSessionEnds() {
  const dialog = document.getElementById("session-warning");
  if (!dialog || typeof dialog.showModal !== "function") return;
  const total = Number(dialog.dataset.seconds);
  const warnBefore = Math.min(Number(dialog.dataset.warnBefore), total);
  const text = document.getElementById("session-warning-text");
  const form = document.getElementById("session-warning-form");
  let ends = endAfter(total);
  let lastSaid = "";

  function tell(...sentences) {
    const sentence = sentences.filter(Boolean).join(" ");
    if (sentence !== lastSaid) text.textContent = sentence;
    lastSaid = sentence;
  }

  function tick() {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) {
      const fate = fateOfWords("is");
      const copy = fate.endsWith("lost.") ? "Copy it first if you need it." : "";
      tell("You have been signed out.", fate, copy, "Sign in again to go on.");
      form.hidden = true;
      if (!dialog.open) dialog.showModal();
      window.clearInterval(timer);
    } else if (left <= warnBefore) {
      // Said once a minute, and once a quarter of a minute at the end, so that screen readers are not flooded.
      const step = left > 60 ? 60 : 15;
      const said = Math.ceil(left / step) * step;
      tell(`You will be signed out in about ${minutesAndSeconds(said)}.`, fateOfWords("will be"));
      if (!dialog.open) dialog.showModal();
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      // An answer that leads elsewhere means the session is over already: a sign-in page is not "kept".
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        redirect: "manual",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      // A session has an end that nothing moves, so the server says how long is left. A sign-in page is not JSON.
      ends = endAfter((await answer.json()).seconds);
      dialog.close();
    } catch {
      const fate = fateOfWords("will be");
      const copy = fate.endsWith("lost.") ? "Copy it if you need it, then load" : "Load";
      tell("We could not keep you signed in.", fate, `${copy} the page again.`);
    }
  });

  // Keeping a draft is using the page: the server has begun the hour again.
  document.addEventListener("trefoil:used", (event) => {
    if (ends < Date.now()) return;
    ends = endAfter(event.detail.seconds);
    if (dialog.open && event.detail.seconds > warnBefore) dialog.close();
  });

  const timer = window.setInterval(tick, 1000);
}

startComponents();
addPrintButtons();
openDetailsForPrint();
warnBeforeSessionEnds();
