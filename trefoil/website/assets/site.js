// Leaving quickly. Every page works without this file: the link then simply leads away.
(() => {
  const link = document.querySelector("[data-exit]");
  const said = document.querySelector("[data-exit-said]");
  const times = 3, within = 5000;
  let pressed = [];

  const leave = () => {
    document.body.hidden = true;
    document.title = "Loading";
    // The page that is left is not the one that “back” leads to.
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { pressed = []; return; }
    if (event.repeat) return;
    pressed = [...pressed.filter((at) => event.timeStamp - at < within), event.timeStamp];
    const left = times - pressed.length;
    if (left <= 0) leave();
    else said.textContent = left === 1 ? "Press Shift once more to leave this site." : `Press Shift ${left} more times to leave this site.`;
  });
  // Who comes back by the browser's memory of pages finds a page, not a blank sheet.
  window.addEventListener("pageshow", () => { document.body.hidden = false; });
})();
