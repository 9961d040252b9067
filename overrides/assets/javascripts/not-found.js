// The page for addresses where there is none: the language of the address comes first, and the last
// part of the address becomes a search.
const MOST_WORDS = 60

const sections = [...document.querySelectorAll(".lf-not-found")]

const rootOf = section => new URL(section.dataset.lfRoot, location.href).pathname

// The folder of one language may lie in that of another one: the nearest counts.
const [own] = sections
  .filter(section => location.pathname.startsWith(rootOf(section)))
  .sort((one, other) => rootOf(other).length - rootOf(one).length)

const makeHeading = (section, level) => {
  const heading = document.createElement(level)
  const old = section.querySelector("h1, h2")
  heading.append(...old.childNodes)
  old.replaceWith(heading)
}

if (own && own !== sections[0]) {
  sections[0].before(own)
  makeHeading(sections[0], "h2")
  makeHeading(own, "h1")
}

const decoded = text => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const words = section => {
  const parts = location.pathname.slice(rootOf(section).length).split("/")
  const last = parts.filter(part => part && !/^index\.\w+$/.test(part)).at(-1) ?? ""
  const name = decoded(last).replace(/\.(html?|md)$/i, "")
  return name.replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, MOST_WORDS)
}

const offer = (link, query, text) => {
  link.search = new URLSearchParams(query)
  link.textContent = text
  link.closest("li").hidden = false
}

if (own) {
  const named = words(own)
  const task = /(?:^|\s)(\d{2,})(?:\s|$)/.exec(named)?.[1]
  for (const link of document.querySelectorAll("[data-lf-task]")) {
    if (task) offer(link, { text: task }, link.dataset.lfTask.replace("{task}", () => task))
  }
  for (const link of document.querySelectorAll("[data-lf-search]")) {
    if (named) offer(link, { q: named }, link.dataset.lfSearch.replace("{words}", () => named))
  }
}
