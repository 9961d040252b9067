// What readers see of a text in which something was found: runs of it, [text, is marked].
import { isAlphabetic } from "./analysis.js"

const EXCERPT = 160 // letters
const NARROW = 120 // of these, which have most of what is marked
const BEFORE = 24 // letters before the first mark: more, and it is out of sight on a phone
const MOST_LETTERS = 20_000 // of a text in which marks are looked for
const SHORTEST_PART = 4 // letters of a compound's part
const LIGHT = 0.2 // of what the heaviest word of the query weighs: `the` is not worth a mark
const LONG = 5 // letters: such a word is marked as a part of another one, too
const MOST_WORDS = 8 // for the page that a reader goes to

const isHalf = (text, at) => /[\udc00-\udfff]/.test(text[at])

// From where to where a text has most.
const densest = spots => {
  let best = [0, 0, 0]
  for (const [place, { from }] of spots.entries()) {
    const words = new Map()
    let end = from
    for (let at = place; at < spots.length && spots[at].to - from <= NARROW; at++) {
      words.set(spots[at].word, spots[at].value)
      end = Math.max(end, spots[at].to)
    }
    const value = [...words.values()].reduce((whole, one) => whole + one, 0)
    if (value > best[2]) best = [from, end, value]
  }
  return best
}

export class Marks {
  constructor(engine, { words, ways, weights }) {
    this.analyser = engine.analyser
    this.words = words
    this.ways = ways
    this.values = new Map() // by word of the index
    this.parts = new Map() // by word that compounds can have
    this.seen = new Map() // what of texts is marked, folded, as it is spelt there
    const heaviest = Math.max(...weights)
    for (const { covers, subs } of ways) {
      const weight = Math.max(...covers.map(place => weights[place]))
      if (weight < LIGHT * heaviest) continue
      for (const [word, [value, how]] of subs.flatMap(sub => [...sub])) {
        this.values.set(word, Math.max(this.values.get(word) ?? 0, value * weight))
        const isPart = word.length >= SHORTEST_PART && (how === "exact" || how === "stem")
        if (isPart && engine.meta.joints.length && isAlphabetic(word)) this.parts.set(word, weight / 2)
      }
    }
    this.start = this.beginning()
    this.known = new Map()
  }

  // What the reader may not have typed to its end, if anything begins so.
  beginning() {
    const word = this.words.at(-1)
    return [...this.values.keys()].some(one => one !== word && one.startsWith(word)) ? word : null
  }

  // How much a word of a text is worth a mark.
  value(word) {
    let value = this.values.get(word) ?? this.known.get(word)
    if (value === undefined) {
      const parts = [...this.parts].filter(([part]) => word.includes(part)).map(([, one]) => one)
      value = Math.max(0, ...parts, this.start && word.startsWith(this.start) ? 0.1 : 0)
      this.known.set(word, value)
    }
    return value
  }

  // Where the marks are: { from, to, word, value }.
  spots(text) {
    const found = []
    for (const [from, to, word] of this.analyser.places(text.slice(0, MOST_LETTERS))) {
      const value = this.value(word)
      if (!value) continue
      if (!this.seen.has(word)) this.seen.set(word, text.slice(from, to))
      found.push({ from, to, word, value })
    }
    return found
  }

  text(text) {
    return this.runs(text, 0, text.length, this.spots(text))
  }

  runs(text, from, to, spots) {
    const runs = []
    let at = from
    for (const spot of spots) {
      const [begin, end] = [Math.max(spot.from, at), Math.min(spot.to, to)]
      if (end <= begin) continue
      if (begin > at) runs.push([text.slice(at, begin), false])
      if (begin === at && runs.at(-1)?.[1]) runs.at(-1)[0] += text.slice(begin, end)
      else runs.push([text.slice(begin, end), true])
      at = end
    }
    if (at < to) runs.push([text.slice(at, to), false])
    return runs
  }

  // The part of a text that has most of what was looked for, between blanks if there are any.
  excerpt(text) {
    const spots = this.spots(text)
    const [first, last] = densest(spots)
    let from = Math.max(0, Math.min(first - BEFORE, text.length - EXCERPT))
    let to = Math.min(text.length, from + EXCERPT)
    const [next, before] = [text.indexOf(" ", from) + 1, text.lastIndexOf(" ", to)]
    if (from && next && next <= first) from = next
    if (to < text.length && before > from && before >= last) to = before
    if (isHalf(text, from)) from -= 1
    if (isHalf(text, to)) to -= 1
    const runs = this.runs(text, from, to, spots)
    if (from) runs.unshift(["… ", false])
    if (to < text.length) runs.push([" …", false])
    return runs
  }

  // The words that the page marks which a reader opens: it marks what begins so, or has a long one.
  get highlights() {
    const found = [...this.seen.keys()]
    const kept = []
    for (const word of [...this.words.filter(one => found.some(other => other.startsWith(one))), ...found]) {
      const isMarked = one => (one.length >= LONG ? word.includes(one) : one.length > 2 && word.startsWith(one))
      if (!kept.some(isMarked) && !kept.includes(word)) kept.push(word)
    }
    return kept.slice(0, MOST_WORDS)
  }

  // The query with what the mistyped words were taken for, spelt as texts do; null if none was.
  suggestion(query) {
    const meant = new Map(this.words.map((word, place) => [word, this.meant(place)]))
    let [corrected, end] = ["", 0]
    for (const [from, to, word] of this.analyser.places(query)) {
      if (from < end || !meant.get(word)) continue
      corrected += query.slice(end, from) + meant.get(word)
      end = to
    }
    return end ? corrected + query.slice(end) : null
  }

  meant(place) {
    const found = this.ways.filter(({ covers }) => covers.includes(place))
    const words = found.length === 1 ? [...found[0].subs[0]] : []
    if (!words.every(([, [, how]]) => how === "typo" || how === "typed")) return null
    const most = Math.max(...words.map(([, [value]]) => value))
    const best = words.filter(([, [value]]) => value === most)
    const spelt = [...this.seen].find(([word]) => best.some(([one]) => one === word))
    best.sort(([, [, , one]], [, [, , other]]) => other.count - one.count)
    return spelt?.[1] ?? best[0]?.[0] ?? null
  }
}
