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

// A page that has kept its address meets its old anchors itself: lead to what they are called today.
const moved = document.querySelector("[data-lf-moved]")
if (moved) {
  const successors = new Map(Object.entries(JSON.parse(moved.dataset.lfMoved)))
  const follow = () => {
    let name = location.hash.slice(1)
    try {
      name = decodeURIComponent(name)
    } catch {
      // as it is written
    }
    const successor = successors.get(name) ?? successors.get(name.toLowerCase())
    if (successor !== undefined && !document.getElementById(name)) {
      location.replace(`#${encodeURIComponent(successor)}`)
    }
  }
  addEventListener("hashchange", follow)
  follow()
}
