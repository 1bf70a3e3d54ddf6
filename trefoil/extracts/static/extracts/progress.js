// Moves the progress bar without loading the page again. Without this file the page's own link does.

const place = document.querySelector("[data-progress]");
const bar = place?.querySelector("progress");
const words = place?.querySelector("[data-progress-words]");
const EVERY = 2000;
let said = "";

// A screen reader hears the step when it changes, and not every percent of it.
function tell(step, share) {
  bar.value = share;
  const sentence = step || "Waiting for its turn";
  if (sentence !== said) words.textContent = sentence;
  said = sentence;
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
    tell(now.step, now.share);
  } catch {
    words.textContent = "The answer did not come. Load the page again to see how far it is.";
    return;
  }
  window.setTimeout(look, EVERY);
}

if (place && bar && words) window.setTimeout(look, EVERY);
