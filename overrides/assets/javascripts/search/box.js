// The opened search: what is typed goes to the worker, what it finds is shown.
import { make, textsOf } from "../taskdata.js"
import { Client } from "./client.js"
import { Facets } from "./facets.js"
import { Recent } from "./recent.js"
import { Results } from "./results.js"

const STEP = 10 // pages that are shown at first, and then with each "more"
const SLOW = 150 // milliseconds until a search says that it is going on
const PAUSE = 250 // until what was found is counted by phase, role, …
const SAID = 500 // until the number of pages is read out
const NARROW = matchMedia("(max-width: 59.984375em)") // where the theme's search fills the window
const STOPS = "a[href], button, select, summary, input"
const WAYS = "input, a[href], .lf-search-foot button, .lf-search-recent button, summary"

const styles = href =>
  new Promise(done => {
    const link = make("link", { rel: "stylesheet", href, onload: done, onerror: done })
    document.head.append(link)
  })

export class SearchBox {
  constructor(root, toggle) {
    this.root = root
    this.toggle = toggle
    this.lang = document.documentElement.lang
    this.texts = textsOf(root)
    this.number = new Intl.NumberFormat(this.lang)
    this.plural = new Intl.PluralRules(this.lang)
    this.input = root.querySelector("input")
    this.form = this.input.form
    this.scroll = root.querySelector(".md-search__scrollwrap")
    this.meta = root.querySelector(".md-search-result__meta")
    this.list = root.querySelector(".md-search-result__list")
    this.base = new URL(root.dataset.root, location.href).href
    this.asked = "" // what the list shows or waits for
    this.shown = null // the newest result
    this.limit = STEP
    this.results = new Results(this.kinds(), this.lang, (key, count) => this.counted(key, count))
    this.facets = new Facets(this.texts, count => this.number.format(count), () => this.anew())
    this.recent = new Recent(this.base)
    this.frame()
    this.listen()
    const { failed, result, facets } = this.answers()
    this.client = new Client(this.base, { failed, result, facets })
    this.ready = styles(new URL("../../stylesheets/search.css", import.meta.url).href)
    this.opened()
  }

  kinds() {
    const texts = JSON.parse(this.root.querySelector("[data-lf-texts]").textContent)
    const named = Object.entries(texts).filter(([key]) => key.startsWith("kind-"))
    return new Map(named.map(([key, name]) => [key.slice("kind-".length), name]))
  }

  counted(key, count) {
    const form = this.plural.select(count) === "one" ? "one" : "other"
    return this.texts(`${key}-${form}`, { count: this.number.format(count) })
  }

  // What the page does not have, since it is of use only now.
  frame() {
    this.hint = make("div", { className: "lf-search-hint" })
    this.foot = make("div", { className: "lf-search-foot" })
    this.live = make("div", { className: "lf-search-live", role: "status" })
    this.meta.before(this.facets.element)
    this.meta.after(this.hint)
    this.list.after(this.foot)
    this.root.append(this.live)
  }

  listen() {
    this.input.addEventListener("input", () => this.soon())
    this.form.addEventListener("reset", () => {
      this.facets.reset()
      this.input.focus()
      this.soon()
    })
    this.toggle.addEventListener("change", () => this.opened())
    this.root.addEventListener("keydown", event => this.press(event))
    this.root.addEventListener("focusout", ({ relatedTarget }) => this.left(relatedTarget))
    for (const kind of ["click", "auxclick"]) {
      this.list.addEventListener(kind, event => this.follow(event))
    }
  }

  answers() {
    return {
      failed: message => this.failed(message),
      result: message => this.ready.then(() => this.found(message)),
      facets: message => this.facets.show(message.counts),
    }
  }

  opened() {
    const open = this.toggle.checked
    if (open && NARROW.matches) this.root.setAttribute("aria-modal", "true")
    else this.root.removeAttribute("aria-modal")
    if (open) this.ask()
    else clearTimeout(this.spoken)
  }

  // A browser draws at most once for all that is typed until then.
  soon() {
    this.drawn ??= requestAnimationFrame(() => {
      this.drawn = undefined
      this.anew()
    })
  }

  anew() {
    this.limit = STEP
    this.ask()
  }

  // Ask for what is typed and chosen, unless the list shows it or waits for it.
  ask(again = false) {
    const text = this.typed
    const { filters } = this.facets
    const asked = text && JSON.stringify([text, filters, this.limit])
    if (asked && asked === this.asked && !again) return
    this.asked = asked
    this.entered = false
    if (!again) this.tries = 0
    this.silent()
    if (!text) {
      this.client.forget()
      this.ready.then(() => this.idle())
      return
    }
    if (this.broken) this.restart()
    this.slow = setTimeout(() => this.say(this.texts("searching"), true), SLOW)
    this.client.ask(text, filters, this.limit)
  }

  restart() {
    this.broken = false
    this.client.start()
  }

  get typed() {
    return this.input.value.trim()
  }

  silent() {
    for (const timer of [this.slow, this.pause, this.spoken]) clearTimeout(timer)
  }

  say(text, busy = false) {
    this.meta.replaceChildren(text)
    if (this.facets.isChosen) this.meta.append(" ", this.unfiltered())
    this.list.setAttribute("aria-busy", String(busy))
  }

  // Read out what the list's head says once typing pauses.
  announce(text) {
    clearTimeout(this.spoken)
    this.spoken = setTimeout(() => {
      this.live.textContent = text
    }, SAID)
  }

  show(items) {
    this.list.replaceChildren(...items)
    this.list.hidden = !items.length
  }

  // Nothing is typed: what was looked for before, or what can be looked for.
  idle() {
    if (this.typed) return
    this.shown = null
    this.facets.offer(false)
    this.live.textContent = ""
    this.hint.replaceChildren()
    this.foot.replaceChildren()
    this.show([])
    const recent = this.recent.all
    this.say(this.texts(recent.length ? "recent" : "hint"))
    if (!recent.length) return
    const forget = this.button(this.texts("forget"), () => {
      this.recent.clear()
      this.input.focus()
      this.idle()
    })
    this.meta.append(" ", forget)
    const entries = recent.map(text => make("li", {}, this.button(text, () => this.look(text))))
    this.foot.append(make("ul", { className: "lf-search-recent" }, ...entries))
  }

  unfiltered() {
    return this.button(this.texts("unfiltered"), () => this.facets.clear())
  }

  button(text, pressed) {
    const button = make("button", { type: "button", className: "lf-button" }, text)
    button.addEventListener("click", pressed)
    return button
  }

  look(text) {
    this.input.value = text
    this.input.focus()
    this.anew()
  }

  found(message) {
    if (message.id !== this.client.id) return
    const before = this.limit > STEP ? this.list.children.length : 0
    const fromMore = this.foot.contains(document.activeElement)
    this.silent()
    this.shown = message
    this.show(message.groups.map(group => this.results.item(group, message.words)))
    const text = this.typed
    const said = message.total ? this.counted("found", message.total) : this.texts("none", { text })
    this.say(said)
    this.announce(said)
    this.suggest(message.suggestion)
    this.foot.replaceChildren(...(message.total ? this.further(message) : this.elsewhere(text)))
    if (!before) this.scroll.scrollTop = 0
    else if (fromMore) this.list.children[before]?.querySelector("a").focus()
    this.facets.offer(message.total && this.client.hasFacets)
    this.pause = setTimeout(() => this.client.askFacets(), PAUSE)
    if (this.entered) this.go()
  }

  suggest(text) {
    const parts = text ? [this.texts("meant"), " ", this.button(text, () => this.look(text))] : []
    this.hint.replaceChildren(...parts)
  }

  further({ more }) {
    if (!more) return []
    return [
      this.button(this.texts("more"), () => {
        this.limit += STEP
        this.ask()
      }),
    ]
  }

  // Where readers may look who found nothing.
  *elsewhere(text) {
    const { finder, glossary } = this.root.dataset
    const ways = []
    if (finder) ways.push(this.way(finder, { text }, this.texts("in-finder")))
    if (glossary) ways.push(this.way(glossary, {}, this.texts("glossary")))
    if (ways.length) yield this.ways(ways)
    const languages = [...document.querySelectorAll("[data-lf-language]:not([aria-current])")]
    if (!languages.length) return
    const links = languages.map(({ href, lang, textContent }) => {
      const link = this.way(href, { q: text }, textContent.trim())
      link.lang = link.hreflang = lang
      return link
    })
    yield make("p", {}, this.texts("elsewhere"))
    yield this.ways(links)
  }

  way(href, query, text) {
    const address = new URL(href, location.href)
    for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value)
    return make("a", { href: address.href }, text)
  }

  ways(ways) {
    return make("ul", { className: "lf-search-ways" }, ...ways.map(way => make("li", {}, way)))
  }

  // The site was published anew: the worker has begun again, and once is asked without a word.
  failed({ message }) {
    this.broken = message !== "changed"
    if (!this.typed) return
    if (message === "changed" && !this.tries) {
      this.tries = 1
      this.ask(true)
      return
    }
    if (this.shown?.id === this.client.id) return // only the counts are missing
    this.silent()
    this.ready.then(() => {
      const text = message === "changed" ? this.texts("changed") : this.root.dataset.failed
      this.show([])
      this.hint.replaceChildren()
      this.foot.replaceChildren()
      this.say(text)
      this.announce(text)
      this.meta.append(" ", this.button(this.texts("retry"), () => this.retry()))
    })
  }

  retry() {
    this.input.focus()
    this.say(this.texts("searching"), true)
    this.restart()
    this.ask(true)
  }

  // Open what was found first, now or as soon as it is known.
  enter() {
    this.ask(this.broken)
    this.entered = true
    if (this.shown?.id === this.client.id) this.go()
  }

  go() {
    const [first] = this.shown.groups
    if (!first) return
    this.recent.add(this.typed)
    this.leave()
    location.assign(this.results.link(first.best, this.shown.words))
  }

  follow(event) {
    if (!event.target.closest("a")) return
    if (event.type === "auxclick" && event.button !== 1) return
    this.recent.add(this.typed)
    const stays = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (!stays) this.leave()
  }

  // Readers go to a page: the focus goes with them.
  leave() {
    document.activeElement?.blur()
    if (this.toggle.checked) this.toggle.click()
  }

  // Beside a wide window's field the page can be seen: who goes there closes the search.
  left(next) {
    if (this.toggle.checked && next && !this.root.contains(next) && !NARROW.matches) this.toggle.click()
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Tab") this.trap(event)
    else if (!event.target.matches("select")) this.move(event)
  }

  visible(selector) {
    return [...this.root.querySelectorAll(selector)].filter(one => one.checkVisibility({ checkVisibilityCSS: true }))
  }

  trap(event) {
    if (!NARROW.matches || !this.toggle.checked) return
    const stops = this.visible(STOPS)
    const [first, last] = [stops[0], stops.at(-1)]
    const leaving = event.shiftKey ? first : last
    if (document.activeElement !== leaving) return
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }

  // Arrows go through what was found; what is typed there goes into the field.
  move(event) {
    const { key, target } = event
    const typing = target === this.input
    const ways = this.visible(WAYS)
    const at = ways.indexOf(target)
    const to = {
      ArrowDown: (at + 1) % ways.length,
      ArrowUp: (Math.max(at, 0) + ways.length - 1) % ways.length,
      ...(!typing && { Home: 1, End: ways.length - 1 }),
    }[key]
    if (to !== undefined) {
      event.preventDefault()
      ways[to]?.focus()
    } else if (!typing && ((key.length === 1 && key !== " ") || key === "Backspace")) {
      this.input.focus() // the key itself follows
    }
  }
}
