// What the task finder, the checklist and in part the search share: what rows say, how they are
// chosen, what is saved.

const FIELDS = ["phase", "role", "service", "requirement"] // in the order of `data-at`
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" }

const plain = text =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, letter => LETTERS[letter])

// A text without what nobody types to find it: case, accents, forms of letters.
export const folded = text => plain(text.normalize("NFC").toLowerCase())

// Folded; an umlaut is found by its letter and by two.
export const searchable = text => {
  const lower = text.normalize("NFC").toLowerCase()
  const once = plain(lower)
  const twice = plain(lower.replace(/[äöü]/g, letter => `${plain(letter)}e`))
  return once === twice ? once : `${once}\n${twice}`
}

// The rows that state a task, as the page's attribute has them.
export const placesOf = element =>
  element.dataset.at.split("|").map(row => {
    const values = row.split(";")
    return Object.fromEntries(
      FIELDS.map((field, at) => [field, values[at] ? values[at].split(",") : []]),
    )
  })

export const textsOf = root => {
  const texts = JSON.parse(root.querySelector("[data-lf-texts]").textContent)
  return (key, values = {}) =>
    texts[key].replace(/\{([\w-]+)\}/g, (_, name) => String(values[name] ?? ""))
}

// The form above the tasks: its facets, and what is chosen in them.
export class Filters {
  constructor(root, changed) {
    for (const around of [".md-main", ".md-content"]) root.closest(around)?.classList.add("lf-many")
    this.form = root.querySelector("[data-lf-filters]")
    this.text = this.form.querySelector("[name=text]")
    this.facets = new Map()
    for (const fieldset of this.form.querySelectorAll("[data-facet]")) {
      const inputs = [...fieldset.querySelectorAll("input")]
      this.facets.set(fieldset.dataset.facet, {
        name: fieldset.querySelector("legend").textContent.trim(),
        inputs: new Map(inputs.map(input => [input.value, input])),
        covering: inputs.filter(input => "coversAll" in input.dataset).map(input => input.value),
      })
    }
    this.form.addEventListener("submit", event => event.preventDefault())
    this.form.addEventListener("change", event => {
      if (event.target !== this.text) changed()
    })
    this.form.hidden = false
  }

  // What is chosen: by facet, the keys. Facets of which nothing is chosen are not there.
  get choice() {
    const chosen = new Map()
    for (const [facet, { inputs }] of this.facets) {
      const keys = [...inputs.values()].filter(input => input.checked).map(input => input.value)
      if (keys.length) chosen.set(facet, keys)
    }
    return chosen
  }

  set choice(chosen) {
    for (const [facet, { inputs }] of this.facets) {
      const keys = new Set(chosen.get(facet))
      for (const input of inputs.values()) input.checked = keys.has(input.value)
    }
  }

  nameOf(facet, key) {
    return this.facets.get(facet)?.inputs.get(key)?.labels[0].textContent.trim() ?? key
  }

  orderOf(facet) {
    return new Map([...(this.facets.get(facet)?.inputs.keys() ?? [])].map((key, at) => [key, at]))
  }

  // In words: what is chosen in a facet.
  words(facet, keys, between) {
    const names = keys.map(key => this.nameOf(facet, key))
    return `${this.facets.get(facet).name}: ${names.join(between)}`
  }

  // A test of one row: it must fit all facets, and in each of them one of the chosen values.
  test(choice) {
    const wanted = [...choice].map(([facet, keys]) => [
      facet,
      new Set([...keys, ...this.facets.get(facet).covering]),
    ])
    return place => wanted.every(([facet, keys]) => place[facet].some(key => keys.has(key)))
  }
}

// One cell of a table of comma-separated values, never a formula for a spreadsheet: neither at its
// beginning nor where a spreadsheet of another country, with other separators, begins a cell.
const cell = text => {
  const inner = text.replace(/([;\t\r\n][ "]*)(?=[=+@＝＋＠]|[-－](?! ))/g, "$1'")
  const safe = /^ *[=+\-@\t\r\n＝＋－＠]/.test(inner) ? `'${inner}` : inner
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csv = rows =>
  `\ufeff${rows.map(row => row.map(text => cell(text.replaceAll("\0", ""))).join(",")).join("\r\n")}\r\n`

// Hand a text to the reader as a file, without any server.
export const save = (text, name, type) => {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

export const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value
    else element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}
