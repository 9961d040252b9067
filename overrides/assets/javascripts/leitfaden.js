// Headings have the same anchors in every language, and filters the same names in the address: keep
// the reader's place on a language switch. What the theme marks in a page is words of its language.
const keepPlace = ({ target }) => {
  const link = target.closest("[data-lf-language], [data-lf-offered]")
  if (!link) return
  const query = new URLSearchParams(location.search)
  query.delete("h")
  link.search = query
  link.hash = location.hash
}
document.addEventListener("click", keepPlace, true)
document.addEventListener("auxclick", keepPlace, true)

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

// Paper has nothing to open: what is folded is printed unfolded. Not every browser can by style.
const folded = []
addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll(".md-content details:not([open])"))
  for (const details of folded) details.open = true
})
addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false
})
