// A page that holds many others, made to be printed.
for (const button of document.querySelectorAll("button[data-lf-print]")) {
  button.hidden = false
  button.addEventListener("click", () => print())
}
