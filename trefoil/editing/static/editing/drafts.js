// Keeps the words of a form while they are typed. Every form works without this file: it is then simply sent.

const PAUSE = 3000;

function wordsOf(form) {
  const words = new URLSearchParams();
  const secret = new Set([...form.elements].filter((one) => one.type === "password").map((one) => one.name));
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !secret.has(name)) words.append(name, value);
  }
  return words;
}

function keep(form, line) {
  const told = line.querySelector("[data-draft-words]");
  const empty = line.querySelector("[data-draft-empty]");
  let known = wordsOf(form).toString();
  let timer = 0;
  let running = null;
  let leaving = false;

  function tell(sentence) {
    if (told.textContent !== sentence) told.textContent = sentence;
  }

  async function send() {
    const words = wordsOf(form);
    const now = words.toString();
    if (now === known) return;
    words.append("draft_key", form.dataset.draft);
    try {
      // A sign-in page in place of an answer means that the session is over.
      const answer = await fetch(line.dataset.keep, {
        method: "POST",
        body: words,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: now.length < 60000,
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        form.dataset.draftFailed = "";
        tell("You have been signed out. Sign in in another tab, then go on here. What you type now is not kept yet.");
      } else if (answer.ok) {
        known = now;
        empty.hidden = false;
        delete form.dataset.draftFailed;
        const { kept_at: keptAt, seconds } = await answer.json();
        document.dispatchEvent(new CustomEvent("trefoil:used", { detail: { seconds } }));
        tell(`Kept as your draft at ${keptAt}. Only you can see it until you send it.`);
      } else {
        form.dataset.draftFailed = "";
        tell((await answer.json()).why_not || "Your words could not be kept as a draft. Send the form, or copy them.");
      }
    } catch {
      form.dataset.draftFailed = "";
      tell("Your words could not be kept as a draft just now. It will be tried again.");
    }
  }

  function start() {
    window.clearTimeout(timer);
    if (leaving) return;
    running = (running || Promise.resolve()).then(send);
    const mine = running;
    mine.finally(() => {
      if (running === mine) running = null;
    });
  }

  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(start, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") start();
  });
  window.addEventListener("pagehide", start);

  // A draft that is still on its way must not arrive after the form, or it would come back from the dead.
  function sendAfter(event) {
    leaving = true;
    window.clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    const { target, submitter } = event;
    running.finally(() => target.requestSubmit(submitter));
  }
  form.addEventListener("submit", sendAfter);
  empty.addEventListener("submit", sendAfter);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const line = document.querySelector(`[data-draft-line="${CSS.escape(form.dataset.draft)}"]`);
  if (line) keep(form, line);
}
