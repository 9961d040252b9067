// What a search can be narrowed to: one choice each of phase, role, service and requirement.
import { make } from "../taskdata.js"

const TERMS = ["phases", "roles", "services", "requirements"]

export class Facets {
  constructor(texts, count, changed) {
    this.texts = texts
    this.count = count
    this.names = new Map() // by facet, of what is chosen, for when nothing is counted for it
    this.selects = new Map(TERMS.map(facet => [facet, this.select(facet, changed)]))
    this.changed = changed
    this.element = make(
      "div",
      { className: "lf-search-facets", role: "group", "aria-label": texts("filters"), hidden: true },
      ...this.selects.values(),
    )
  }

  select(facet, changed) {
    const name = this.texts(facet)
    const any = new Option(this.texts("any", { facet: name }), "")
    const select = make("select", { "aria-label": name }, any)
    select.addEventListener("change", () => {
      this.names.set(facet, select.selectedOptions[0].dataset.name)
      this.mark()
      changed()
    })
    return select
  }

  get filters() {
    return Object.fromEntries(
      [...this.selects].map(([facet, { value }]) => [facet, value ? [value] : []]),
    )
  }

  get isChosen() {
    return [...this.selects.values()].some(select => select.value)
  }

  reset() {
    for (const select of this.selects.values()) select.value = ""
    this.mark()
  }

  // Search all again; the focus stays near.
  clear() {
    this.reset()
    this.changed()
    ;[...this.selects.values()].find(select => !select.hidden)?.focus()
  }

  mark() {
    for (const select of this.selects.values()) select.classList.toggle("lf-chosen", select.value)
  }

  // Show how much there is of each term; what is chosen stays.
  show(counts) {
    for (const [facet, select] of this.selects) this.fill(facet, select, counts[facet] ?? [])
  }

  fill(facet, select, terms) {
    const { value } = select
    const listed = terms.filter(({ key, count }) => count || key === value)
    if (value && !listed.some(({ key }) => key === value)) {
      listed.push({ key: value, name: this.names.get(facet), count: 0 })
    }
    const options = listed.map(({ key, name, count }) => {
      const option = new Option(this.texts("option", { name, count: this.count(count) }), key)
      option.dataset.name = name
      return option
    })
    const said = list => list.map(option => `${option.value}\n${option.text}`).join("\n\n")
    if (said([...select.options].slice(1)) !== said(options)) {
      select.replaceChildren(select.options[0], ...options) // not while nothing changes: it may be open
      select.value = value
    }
    select.hidden = !options.length
  }

  // Whether there is something to narrow down: until it is counted, all stands there without counts.
  offer(something) {
    this.element.hidden = !something && !this.isChosen
  }
}
