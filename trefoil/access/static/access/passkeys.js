// The sign-in library tells of a failed passkey by an event alone; here it becomes words beside the button.
document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey-problem");
  if (!place) return;
  event.preventDefault();
  const cancelled = event.detail.exception && event.detail.exception.name === "NotAllowedError";
  const repeated = event.detail.exception && event.detail.exception.name === "InvalidStateError";
  place.textContent = cancelled
    ? "No passkey was used: it was cancelled, it took too long, or this device has none for Trefoil."
    : repeated
      ? "This device already has a passkey for your account."
      : "The passkey could not be used. Try again, or use another way.";
  place.hidden = false;
});
