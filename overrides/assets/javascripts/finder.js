// The task finder: filters and sorts the rows that are there, and keeps what is chosen in the
// address, so that a view can be sent to a colleague.
import { csv, Filters, folded, make, placesOf, save, searchable, textsOf } from "./taskdata.js"

const TEXT = "text" // the theme opens its own search for `?q=`
const AT_ONCE = 500 // rows of a table that is shown in one go; of a longer one, at first
const IN_VIEW = 40 // as many as fill a window, and the others
const SLICE = 4 // milliseconds at a time

class Finder {
  constructor(root) {
    this.root = root
    this.texts = textsOf(root)
    this.lang = root.closest("[lang]").lang
    this.table = root.querySelector("table")
    this.bodies = [...this.table.tBodies].map(element => {
      const rows = [...element.rows].map(row => this.row(row))
      return { element, rows, shown: rows.length }
    })
    this.rows = this.bodies.flatMap(body => body.rows)
    this.filters = new Filters(root, () => this.changed())
    this.sorted = ""
    this.typing = false
    this.prepare()
    this.readAddress()
  }

  row(element) {
    const [id, name] = element.cells
    return {
      element,
      id: id.textContent,
      text: searchable(`${id.textContent} ${name.textContent}`),
      places: placesOf(element),
      fits: true,
    }
  }

  find(name) {
    return this.root.querySelector(`[data-lf-${name}]`)
  }

  prepare() {
    const { text } = this.filters
    text.addEventListener("input", () => {
      this.changed(this.typing)
      this.typing = true
    })
    text.addEventListener("blur", () => {
      this.typing = false
    })
    this.find("reset").addEventListener("click", () => this.reset())
    for (const button of this.root.querySelectorAll("[data-lf-save]")) {
      button.addEventListener("click", () => this.save(button.dataset.lfSave))
    }
    this.heads = new Map()
    for (const head of this.root.querySelectorAll("thead th")) {
      const name = head.firstElementChild
      const button = make("button", { type: "button", className: "lf-sort" }, ...name.childNodes)
      button.addEventListener("click", () => this.sortBy(head.dataset.column))
      name.replaceWith(button)
      this.heads.set(head.dataset.column, head)
    }
    this.find("actions").hidden = false
    addEventListener("popstate", () => this.readAddress())
    addEventListener("beforeprint", () => this.showLate(Infinity))
  }

  // What is chosen, as the address says it. Values that are not there are left out.
  readAddress() {
    const asked = new URLSearchParams(location.search)
    const choice = new Map()
    for (const [facet, { inputs }] of this.filters.facets) {
      const keys = asked.getAll(facet).flatMap(value => value.split(","))
      choice.set(facet, keys.filter(key => inputs.has(key)))
    }
    this.filters.choice = choice
    this.filters.text.value = asked.get(TEXT) ?? ""
    const sort = asked.get("sort") ?? ""
    this.sort = this.heads.has(sort.replace(/^-/, "")) ? sort : ""
    this.update()
    this.carryOver()
  }

  writeAddress(replace) {
    const address = new URL(location.href)
    for (const key of [...this.filters.facets.keys(), TEXT, "sort"]) address.searchParams.delete(key)
    for (const [facet, keys] of this.filters.choice) {
      for (const key of keys) address.searchParams.append(facet, key)
    }
    const text = this.filters.text.value.trim()
    if (text) address.searchParams.set(TEXT, text)
    if (this.sort) address.searchParams.set("sort", this.sort)
    if (address.href !== location.href) {
      history[replace ? "replaceState" : "pushState"](null, "", address)
    }
    this.carryOver()
  }

  // First what readers see, then the address, which takes a browser as long again.
  changed(replace = false) {
    this.update()
    requestAnimationFrame(() => setTimeout(() => this.writeAddress(replace)))
  }

  // The language switch leads to the same view.
  carryOver() {
    for (const link of document.querySelectorAll("[data-lf-language]")) {
      link.search = location.search
    }
  }

  update() {
    this.order()
    const { choice } = this.filters
    const text = this.filters.text.value
    const counts = new Map()
    let found = 0
    const test = this.test(choice, text)
    for (const row of this.rows) {
      const place = test(row)
      row.fits = place !== undefined
      if (!place) continue
      found += 1
      for (const key of place.requirement) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    this.show()
    this.tell(choice, text.trim(), found, counts)
  }

  show() {
    const inView = this.rows.length > AT_ONCE ? IN_VIEW : Infinity
    let shown = 0
    this.late = []
    for (const body of this.bodies) {
      if (shown < inView) shown += this.showRows(body)
      else this.late.push(body)
    }
    this.showSoon()
  }

  // The browser draws in between: then it knows what is out of view, and costs no time.
  showSoon() {
    if (!this.late.length || this.soon) return
    this.soon = requestAnimationFrame(() => setTimeout(() => this.showLate(SLICE)))
  }

  showLate(time) {
    const end = performance.now() + time
    this.soon = 0
    while (this.late.length && performance.now() < end) this.showRows(this.late.shift())
    this.showSoon()
  }

  // Of a portion without a row that fits, the rows stay as they are. A browser that does not look
  // at a portion must know how high it is.
  showRows(body) {
    const shown = body.rows.filter(row => row.fits).length
    if (shown) {
      for (const { element, fits } of body.rows) if (element.hidden === fits) element.hidden = !fits
    }
    if (body.shown !== shown) {
      body.shown = shown
      body.element.hidden = shown === 0
      if (shown) body.element.style.setProperty("--lf-rows", shown)
    }
    return shown
  }

  // A test that returns the first row of a task that fits.
  test(choice, text) {
    const fits = this.filters.test(choice)
    const words = folded(text).split(/\s+/).filter(Boolean)
    return row =>
      words.every(word => row.text.includes(word)) ? row.places.find(fits) : undefined
  }

  tell(choice, text, found, counts) {
    const number = new Intl.NumberFormat(this.lang)
    const by = [...this.filters.orderOf("requirement").keys()].map(key =>
      this.texts("of-requirement", {
        requirement: this.filters.nameOf("requirement", key),
        count: number.format(counts.get(key) ?? 0),
      }),
    )
    const filtered = choice.size > 0 || text !== ""
    const values = { shown: number.format(found), all: number.format(this.rows.length) }
    const whole = this.texts(filtered ? "count" : "all", values)
    this.find("count").textContent = [whole, ...by].join(" · ")
    this.find("words").textContent = filtered
      ? this.texts("filtered", { filters: this.inWords(choice, text).join("; ") })
      : ""
    this.table.hidden = found === 0
    this.find("none").hidden = found > 0
    this.find("loosen").replaceChildren(...(found ? [] : this.looser(choice, text, number)))
    for (const button of this.root.querySelectorAll("[data-lf-save]")) button.disabled = !found
  }

  inWords(choice, text) {
    const between = this.texts("between")
    const parts = [...choice].map(([facet, keys]) => this.filters.words(facet, keys, between))
    return text ? [...parts, this.texts("text-is", { text })] : parts
  }

  // What finds something when it is left out.
  *looser(choice, text, number) {
    const entry = (words, [without, words_]) => {
      const test = this.test(without, words_)
      const count = this.rows.filter(row => test(row)).length
      if (!count) return undefined
      const label = this.texts("loosen", { filter: words, count: number.format(count) })
      const button = make("button", { type: "button", className: "lf-button" }, label)
      button.addEventListener("click", () => {
        this.filters.choice = without
        this.filters.text.value = words_
        this.changed()
        this.find("count").focus()
      })
      return make("li", {}, button)
    }
    const between = this.texts("between")
    const ways = [...choice].map(([facet, keys]) => [
      this.filters.words(facet, keys, between),
      [new Map([...choice].filter(([other]) => other !== facet)), text],
    ])
    if (text) ways.push([this.texts("text-is", { text }), [choice, ""]])
    for (const [words, way] of ways) {
      const found = entry(words, way)
      if (found) yield found
    }
  }

  reset() {
    this.filters.choice = new Map()
    this.filters.text.value = ""
    this.sort = ""
    this.changed()
  }

  sortBy(column) {
    const current = this.sort || "id"
    this.sort = column === current ? `-${column}` : column
    if (this.sort === "id") this.sort = ""
    this.changed()
  }

  // Put the rows in their order, if that is another one than they are in.
  order() {
    const wanted = this.sort || "id"
    const column = wanted.replace(/^-/, "")
    for (const [key, head] of this.heads) {
      if (key !== column) head.removeAttribute("aria-sort")
      else head.setAttribute("aria-sort", wanted === column ? "ascending" : "descending")
    }
    if (wanted === (this.sorted || "id")) return
    this.sorted = wanted
    const value = this.valueFor(column)
    const collator = new Intl.Collator(this.lang, { numeric: true })
    const direction = wanted === column ? 1 : -1
    const keyed = this.rows.map(row => [value(row), row])
    keyed.sort(([a, one], [b, other]) => {
      const by = typeof a === "number" ? a - b : collator.compare(a, b)
      return by * direction || collator.compare(one.id, other.id)
    })
    this.rows = keyed.map(([, row]) => row)
    let from = 0
    for (const body of this.bodies) {
      body.rows = this.rows.slice(from, (from += body.rows.length))
      body.element.append(...body.rows.map(row => row.element))
    }
  }

  // Phases and requirements have an order of their own; all else is sorted by what is read.
  valueFor(column) {
    const facet = { phases: "phase", requirement: "requirement" }[column]
    if (facet) {
      const order = this.filters.orderOf(facet)
      return row => order.get(row.places[0][facet][0]) ?? order.size
    }
    const index = [...this.heads.keys()].indexOf(column)
    return row => row.element.cells[index].textContent
  }

  save(kind) {
    const shown = this.rows.filter(row => row.fits)
    const name = this.texts("file")
    const address = row => row.element.querySelector("a").href
    if (kind === "csv") {
      const head = [...this.heads.values()].map(cell => cell.textContent.trim())
      const lines = shown.map(row => [
        ...[...row.element.cells].map(cell => cell.textContent.trim()),
        address(row),
      ])
      save(csv([[...head, this.texts("address")], ...lines]), `${name}.csv`, "text/csv")
      return
    }
    const tasks = shown.map(row => ({
      id: row.id,
      name: row.element.cells[1].textContent,
      address: address(row),
      rows: row.places,
    }))
    const filters = Object.fromEntries(this.filters.choice)
    const text = this.filters.text.value.trim()
    const view = { version: 1, language: this.lang, filters, text, tasks }
    save(`${JSON.stringify(view, null, 1)}\n`, `${name}.json`, "application/json")
  }
}

const root = document.querySelector("[data-lf-finder]")
if (root) new Finder(root)
