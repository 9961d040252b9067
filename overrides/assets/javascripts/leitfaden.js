// Headings have the same anchors in every language: keep the reader's place on a language switch.
for (const link of document.querySelectorAll("[data-lf-language]")) {
  const keepPlace = () => {
    link.hash = location.hash
  }
  link.addEventListener("click", keepPlace)
  link.addEventListener("auxclick", keepPlace)
}
