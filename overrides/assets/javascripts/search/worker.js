// Searches beside the page: what the box asks, and what it is told.
import { Engine } from "./engine.js"
import { Marks } from "./marks.js"
import { Changed, Store, Unreachable } from "./store.js"

const WEAK = 0.5 // of what the best place on a page is worth, others must be worth
const KINDS = { "task-page": "task" } // what the box has names for

let base
let opening
let newest // what was asked last
let answered // what was found for it

const opened = () => (opening ??= open().catch(forget))

const open = async () => {
  const store = await new Store(base).open()
  postMessage({ type: "ready", locale: store.meta.locale, hasFacets: store.hasFacets })
  return new Engine(store)
}

// The next query begins again with the file that names the index.
const forget = error => {
  opening = undefined
  throw error
}

// What else was said meanwhile is heard first.
const pause = () => new Promise(done => setTimeout(done))

const place = (marks, [title, anchor, facts, text, number], url, lang, kind) => ({
  url: anchor ? new URL(`#${anchor}`, url).href : url,
  title: marks.text([number, title].filter(Boolean).join(" ")),
  kind: KINDS[kind] ?? kind,
  facts,
  excerpt: marks.excerpt(text),
  lang,
})

const group = (marks, store, [, page, found], [address, lang, trail, documents]) => {
  const url = new URL(`./${address}`, base).href
  const first = store.first[page]
  const told = number => place(marks, documents[number - first], url, lang, store.kind(number))
  const places = found.filter(([, number]) => number !== first)
  const isTask = ([, number]) => Number(store.kind(number) === "task")
  const worth = places.filter(([score]) => score >= WEAK * places[0][0])
  const hits = worth.sort((one, other) => isTask(other) - isTask(one)).map(([, number]) => told(number))
  const best = found[0][1] === first ? url : told(found[0][1]).url
  return { ...told(first), trail, hits, best }
}

const result = async ({ id, text, limit = 10 }, engine, found, isWanted) => {
  const { store } = engine
  const pages = found.pages.slice(0, limit)
  const cards = await Promise.all(pages.map(([, page]) => store.card(page)))
  if (!isWanted()) return null
  const marks = new Marks(engine, found)
  const groups = pages.map((page, at) => group(marks, store, page, cards[at]))
  const total = found.pages.length
  const suggestion = marks.suggestion(text)
  return { type: "result", id, total, more: total > limit, groups, words: marks.highlights, suggestion }
}

const answers = {
  async query(message, isWanted) {
    const engine = await opened()
    const { text, filters = {} } = message
    const found = await engine.search(text, filters, isWanted)
    if (!found) return null
    answered = { id: message.id, engine, found, filters }
    return result(message, engine, found, isWanted)
  },

  async facets({ id }) {
    if (answered?.id !== id) return null
    const { engine, found, filters } = answered
    return { type: "facets", id, counts: await engine.counts(found, filters) }
  },
}

const answer = async message => {
  const isWanted = () => message.id === newest
  try {
    await pause()
    const said = isWanted() && (await answers[message.type](message, isWanted))
    if (said && isWanted()) postMessage(said)
  } catch (error) {
    const isChanged = error instanceof Changed
    if (isChanged) opening = undefined
    const text = isChanged ? "changed" : error instanceof Unreachable ? "offline" : String(error)
    if (isWanted()) postMessage({ type: "failed", id: message.id, message: text })
  }
}

addEventListener("message", ({ data }) => {
  if (data.type === "open") {
    base = data.base
    opened().catch(() => {}) // the first query tells
  } else {
    if (data.type === "query") newest = data.id
    answer(data)
  }
})
