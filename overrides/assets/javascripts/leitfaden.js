// Headings have the same anchors in every language: keep the reader's place on a language switch.
for (const link of document.querySelectorAll("[data-lf-language]")) {
  const keepPlace = () => {
    link.hash = location.hash
  }
  link.addEventListener("click", keepPlace)
  link.addEventListener("auxclick", keepPlace)
}

// The theme puts the buttons of each block of code into a landmark, and all of them without a name.
addEventListener("load", () => {
  for (const buttons of document.querySelectorAll(".md-code__nav")) {
    buttons.setAttribute("role", "presentation")
  }
})
