// What was found, as a list of pages, each with the places on it.
import { make } from "../taskdata.js"

const SHOWN = 3 // places of a page, before more is asked for
const MOST_WORDS = 8 // in an address, the best first

// Texts come as runs, some of them marked.
const runs = text => text.map(([words, marked]) => (marked ? make("mark", {}, words) : words))

const said = text => text.map(([words]) => words).join("")

// A task's number is what readers look for first: part it from the name.
const parted = text => {
  const [number] = /^\d[^\s:]*/.exec(said(text)) ?? [""]
  const behind = said(text).slice(number.length)
  const from = number.length + /^[:\s]*/.exec(behind)[0].length
  return number && from < said(text).length ? [cut(text, 0, number.length), cut(text, from)] : [[], text]
}

const cut = (text, from, to = Infinity) => {
  let at = 0
  const kept = text.map(([words, marked]) => {
    const part = words.slice(Math.max(0, from - at), Math.max(0, to - at))
    at += words.length
    return [part, marked]
  })
  return kept.filter(([words]) => words)
}

export class Results {
  // The names of kinds are by key; a kind that the site has no name for shows none.
  constructor(kinds, lang, counted) {
    this.kinds = kinds
    this.lang = lang
    this.counted = counted
    this.languages = new Intl.DisplayNames([lang], { type: "language" })
  }

  // The page marks the words that were looked for; the anchor stays.
  link(url, words) {
    const address = new URL(url)
    if (words.length) address.searchParams.set("h", words.slice(0, MOST_WORDS).join(" "))
    return address.href
  }

  item(group, words) {
    const hits = group.hits.map(hit => this.hit(hit, words))
    const rest = hits.splice(SHOWN)
    const item = make("li", { className: "md-search-result__item" }, this.page(group, words), ...hits)
    if (rest.length) {
      const summary = make("summary", {}, make("div", {}, this.counted("hits", rest.length)))
      item.append(make("details", { className: "md-search-result__more" }, summary, ...rest))
    }
    return item
  }

  page(group, words) {
    const trail = [group.trail, this.kinds.get(group.kind)].filter(Boolean).join(" · ")
    return this.anchor(group, words, "lf-search-page", [
      this.title(group),
      this.line("lf-search-trail", [...(trail ? [trail, " "] : []), ...this.foreign(group.lang)]),
      this.line("lf-search-excerpt", runs(group.excerpt ?? []), group.lang),
    ])
  }

  hit(hit, words) {
    return this.anchor(hit, words, "lf-search-hit", [
      this.title(hit),
      this.line("lf-search-trail", [hit.facts].filter(Boolean)),
      this.line("lf-search-excerpt", runs(hit.excerpt ?? []), hit.lang),
    ])
  }

  title({ kind, title, lang }) {
    const [number, name] = kind === "task" ? parted(title) : [[], title]
    const chip = number.length ? [make("span", { className: "lf-search-id" }, ...runs(number)), " "] : []
    return this.line("lf-search-title", [...chip, ...runs(name)], lang)
  }

  anchor({ url }, words, className, lines) {
    const article = make("article", { className: "md-search-result__article" }, ...lines.filter(Boolean))
    const href = this.link(url, words)
    return make("a", { className: `md-search-result__link ${className}`, href }, article)
  }

  line(className, children, lang) {
    if (!children.length) return null
    return make("p", { className, ...(lang && { lang }) }, ...children)
  }

  // That a page is in another language than the reader's.
  foreign(lang) {
    if (!lang || lang === this.lang) return []
    return [make("span", { className: "lf-search-lang" }, this.named(lang))]
  }

  named(lang) {
    try {
      return this.languages.of(lang)
    } catch {
      return lang // no tag of a language
    }
  }
}
