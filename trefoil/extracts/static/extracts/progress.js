// Moves the progress bar without loading the page again. Without this file the page's own link does.

const place = document.querySelector("[data-progress]");
const bar = place?.querySelector("progress");
const share = place?.querySelector("[data-progress-share]");
const words = place?.querySelector("[data-progress-words]");
const told = place?.querySelector("[data-progress-told]");
const stages = [...(place?.querySelectorAll("[data-stage]") ?? [])];
const EVERY = 2000;
const QUARTER = 25;
let said = place ? point({ stage: place.dataset.now, share: bar.value }) : "";

function point(now) {
  return `${now.stage} ${Math.floor(now.share / QUARTER)}`;
}

// Everybody sees each percent; a screen reader hears a new stage and each quarter of the way, and no more.
function tell(now) {
  bar.value = now.share;
  share.textContent = `${now.share}%`;
  words.textContent = now.step;
  mark(now.stage);
  if (point(now) !== said) told.textContent = `${now.stage}, ${now.share}% of the whole`;
  said = point(now);
}

function mark(stage) {
  const at = stages.findIndex((one) => one.dataset.stage === stage);
  stages.forEach((one, number) => {
    one.toggleAttribute("aria-current", number === at);
    if (number === at) one.setAttribute("aria-current", "step");
    const where = number < at ? "over" : number === at ? "under way" : "to come";
    one.querySelector("[data-stage-where]").textContent = `: ${where}`;
  });
}

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (now.ended) {
      window.location.reload();
      return;
    }
    tell(now);
  } catch {
    words.textContent = "The answer did not come. Load the page again to see how far it is.";
    told.textContent = words.textContent;
    return;
  }
  window.setTimeout(look, EVERY);
}

if (place && bar && words) window.setTimeout(look, EVERY);
