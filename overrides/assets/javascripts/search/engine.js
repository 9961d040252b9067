// Finds what a reader means, as plugins/leitfaden/searching/engine.py does, which explains how: a
// test compares the two. The index's words come in pieces, so that most of it waits for them here.
import { Analyser, cut, isAlphabetic, isNumber, letters } from "./analysis.js"

const MOST_WORDS = 12 // of a query
const LONGEST_WORD = 40
const SHORTEST_PART = 4 // letters of a compound's part
const MOST_PARTS = 3
const MOST_LIKE = 24 // words that begin or are written alike
const MOST_POSTINGS = 4000 // of all of these
const ENOUGH = 20 // documents that have a compound: who has but its parts is then not asked for
const ALIKE = 0.7 // of the letters of a word
const SHORTEST_ALIKE = 5
const ENTIRE = 0.95 // of a title or of a query, since shares are rounded

const length = word => letters(word).length
const weightOf = (count, total) => Math.log(1 + (total - count + 0.5) / (count + 0.5))
// Best first; what only differs by how sums are rounded keeps the order of its numbers.
const ranks = score => Math.round(score * 1e9)
const ordered = found =>
  found.sort((one, other) => ranks(other[0]) - ranks(one[0]) || one[1] - other[1])

// Those most like a word, since what all of them say is too much to fetch.
const likeliest = found => {
  const kept = []
  let postings = 0
  const byWeight = ([one, [weight]], [other, [less]]) => less - weight || (one < other ? -1 : 1)
  for (const [word, meaning] of [...found].sort(byWeight).slice(0, MOST_LIKE)) {
    postings += meaning[2].many
    if (kept.length && postings > MOST_POSTINGS) break
    kept.push([word, meaning])
  }
  return kept
}

// How many letters differ, are missing, too many or swapped with the next one; no more than needed.
const edits = (one, other, most) => {
  const [a, b] = [letters(one), letters(other)]
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const changed = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      let value = Math.min(above[j] + 1, row[j - 1] + 1, changed)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, before[j - 2] + 1)
      }
      row.push(value)
      least = Math.min(least, value)
    }
    if (least > most) return most + 1
    before = above
    above = row
  }
  return Math.min(above[b.length], most + 1)
}

const beginsAlike = (token, word) =>
  [-1, 0, 1].some(more => edits(token, cut(word, 0, length(token) + more), 1) <= 1)

// What documents have, by their numbers.
class Room {
  constructor(total) {
    this.value = new Float64Array(total)
    this.share = new Float64Array(total)
    this.count = new Uint8Array(total)
    this.numbers = [] // of those that have any
  }

  clear() {
    for (const number of this.numbers) {
      this.value[number] = this.share[number] = this.count[number] = 0
    }
    this.numbers.length = 0
  }

  raise(number, value, share) {
    if (!this.count[number]) this.add(number, value, share)
    else {
      if (value > this.value[number]) this.value[number] = value
      if (share > this.share[number]) this.share[number] = share
    }
  }

  add(number, value, share) {
    if (!this.count[number]) this.numbers.push(number)
    this.count[number] += 1
    this.value[number] += value
    this.share[number] += share
  }
}

export class Engine {
  constructor(store) {
    this.store = store
    this.meta = store.meta
    this.weights = store.meta.weights
    this.total = store.meta.documents.length
    this.analyser = new Analyser(store.meta.letters, store.meta.fillers)
    this.best = new Room(this.total)
    this.sums = new Room(this.total)
    this.values = []
    this.shares = []
    this.synonyms = new Map()
    this.longest = 0
    for (const [one, other] of store.meta.synonyms) {
      const key = one.join(" ")
      this.longest = Math.max(this.longest, one.length)
      this.synonyms.set(key, [...(this.synonyms.get(key) ?? []), other])
    }
  }

  // What is found: pages with their documents, best first, as numbers; nothing if the query is not
  // wanted any more. `words` are those of the query; `ways` say what they stand for.
  async search(text, filters, isWanted) {
    this.known = new Map() // what is near the words of this query
    const words = await this.tokens(text)
    const ways = words.length && isWanted() ? await this.ways(words) : []
    if (!isWanted()) return null
    await this.fetchPostings(ways)
    if (!isWanted()) return null
    const weights = this.tokenWeights(words, ways)
    const matches = this.matches(words, ways)
    const chosen = Object.entries(filters).filter(([, keys]) => keys.length)
    const documents = matches.numbers
    const isAllowed = await this.allowing(documents, chosen)
    if (!isWanted()) return null
    return { words, ways, weights, documents, pages: this.ranked(matches, weights, isAllowed) }
  }

  // Words of the query

  async tokens(text) {
    const first = this.analyser.tokens(text).map(token => cut(token, 0, LONGEST_WORD))
    const parts = await Promise.all(first.slice(0, MOST_WORDS).map(one => this.unmixed(one)))
    const tokens = [...new Set(parts.flat())]
    const numbers = await Promise.all(tokens.filter(isNumber).map(one => this.store.entry(one)))
    if (!numbers.some(Boolean)) return tokens
    const others = tokens.filter(token => !this.meta.numbering.includes(token))
    return others.length ? others : tokens
  }

  async unmixed(token) {
    if (isAlphabetic(token) || isNumber(token) || (await this.store.entry(token))) return [token]
    const runs = token.match(/\p{Nd}+|\P{Nd}+/gu).filter(run => length(run) > 1)
    return runs.length ? runs : [token]
  }

  // What they stand for

  async ways(tokens) {
    const last = tokens.length - 1
    const single = tokens.map((token, place) => this.single(token, place, place === last))
    const ways = [...single, ...this.joined(tokens), ...this.meaningTheSame(tokens)]
    return (await Promise.all(ways)).flat()
  }

  async single(token, place, isLast) {
    const [near, beginning] = await Promise.all([this.near(token), this.beginning(token, isLast)])
    const like = new Map(beginning)
    const [typos, ofParts] = await Promise.all([
      near.size ? [] : this.mistyped(token, isLast),
      this.ofParts(place, token, near, beginning.length > 0),
    ])
    for (const [word, meaning] of typos) {
      if (!(like.get(word)?.[0] >= meaning[0])) like.set(word, meaning)
    }
    const isKnown = like.size || near.size || ofParts.length
    const found = likeliest(isKnown ? like : await this.alikeAtFirst(token))
    return [{ covers: [place], subs: [new Map([...found, ...near])], weight: 1, how: "" }, ...ofParts]
  }

  // By word: what it counts, how it was found, and its entry.
  near(token) {
    if (!this.known.has(token)) this.known.set(token, this.found(token))
    return this.known.get(token)
  }

  async found(token) {
    const entry = await this.store.entry(token)
    const entries = entry ? await this.withStem(entry.stem) : await this.withStemOf(token)
    const found = new Map(entries.map(one => [one.word, [this.weights.stem, "stem", one]]))
    if (entry) found.set(token, [1, "exact", entry])
    return found
  }

  // Those with the longest stem of the index that the word may have.
  async withStemOf(token) {
    const stems = new Set([token])
    for (const [ending, instead] of this.meta.rules) {
      if (token.endsWith(ending)) stems.add(token.slice(0, token.length - ending.length) + instead)
    }
    const longest = [...stems].filter(stem => length(stem) > 2)
    longest.sort((a, b) => length(b) - length(a) || (a < b ? 1 : -1))
    const found = await Promise.all(longest.map(stem => this.withStem(stem)))
    return found.find(entries => entries.length) ?? []
  }

  async withStem(stem) {
    if (!stem) return []
    const entries = await this.store.starting(length(stem) > 3 ? cut(stem, 0, -1) : stem)
    return entries.filter(entry => entry.stem === stem)
  }

  async beginning(token, isLast) {
    const count = length(token)
    if (count < (isLast ? 2 : 4)) return []
    const { prefix, prefix_rest, inner, inner_rest } = this.weights
    const [base, rest] = isLast ? [prefix, prefix_rest] : [inner, inner_rest]
    const entries = (await this.store.starting(token)).filter(({ word }) => word !== token)
    return entries.map(one => [one.word, [base + (rest * count) / length(one.word), "prefix", one]])
  }

  async alikeAtFirst(token) {
    const start = cut(token, 0, Math.ceil(length(token) * ALIKE))
    if (length(start) < SHORTEST_ALIKE) return new Map()
    const entries = await this.store.starting(start)
    return new Map(entries.map(one => [one.word, [this.weights.alike, "prefix", one]]))
  }

  async mistyped(token, isLast) {
    const count = length(token)
    if (count < 4 || !isAlphabetic(token)) return []
    const most = count < 8 ? 1 : 2
    const { typo, typos, typed } = this.weights
    const found = []
    for (const word of await this.alike(token, count, most)) {
      const distance = edits(token, word, most)
      if (distance <= most) found.push([word, distance === 1 ? typo : typos, "typo"])
      else if (isLast && length(word) > count && beginsAlike(token, word)) {
        found.push([word, (typed * count) / length(word) + 0.1, "typed"])
      }
    }
    const entries = await Promise.all(found.map(([word]) => this.store.entry(word)))
    return found.map(([word, weight, how], at) => [word, [weight, how, entries[at]]])
  }

  // The words that share the beginning or the end, where an error is not.
  async alike(token, count, most) {
    const half = Math.floor(count / (most === 1 ? 2 : 3))
    const end = cut(token, most === 1 ? half + 1 : count - half)
    const [first, last] = await Promise.all([
      this.store.starting(cut(token, 0, half)),
      this.store.ending(length(end) < 2 ? cut(token, -2) : end),
    ])
    return new Set([...first.map(({ word }) => word), ...last])
  }

  // Known or not; of a word that may be but begun, if known.
  async ofParts(place, token, near, isBegun) {
    const { parts: known, split } = this.weights
    const way = async (parts, weight, how) => {
      const subs = await Promise.all(parts.map(part => this.part(part)))
      return parts.length ? [{ covers: [place], subs, weight, how }] : []
    }
    const entry = near.get(token)?.[2]
    if (entry) return way(entry.many < ENOUGH ? entry.parts : [], known, "parts")
    if (!this.meta.joints.length || !isAlphabetic(token)) return []
    const like = [...near.values()].find(([, , { parts }]) => parts.length)
    if (near.size) return way(like?.[2].parts ?? [], known, "parts")
    return isBegun ? [] : way(await this.pieces(token), split, "split")
  }

  // What is near a part of a compound, and near single words that mean the same.
  async part(part) {
    const others = (this.synonyms.get(part) ?? []).filter(other => other.length === 1)
    const near = await Promise.all(others.map(([other]) => this.near(other)))
    const { synonym } = this.weights
    const same = near.flatMap(words =>
      [...words].map(([word, [weight, , entry]]) => [word, [weight * synonym, "synonym", entry]]),
    )
    return new Map([...same, ...(await this.near(part))])
  }

  // The known words of which a compound is made: as few as can be.
  async pieces(word) {
    const count = length(word)
    if (count < 2 * SHORTEST_PART) return []
    // All of these are in few pieces of the index: let them come together.
    const ends = Array.from({ length: count - 2 * SHORTEST_PART + 1 }, (_, at) => at + SHORTEST_PART)
    await Promise.all(ends.map(end => this.near(cut(word, 0, end))))
    for (let most = 2; most <= MOST_PARTS; most++) {
      const found = await this.cutInto(most, word)
      if (found.length) return found
    }
    return []
  }

  async cutInto(count, word) {
    if (count === 1) return length(word) >= SHORTEST_PART && (await this.near(word)).size ? [word] : []
    for (let end = length(word) - SHORTEST_PART; end >= SHORTEST_PART; end--) {
      const part = cut(word, 0, end)
      if (!(await this.near(part)).size) continue
      const rest = cut(word, end)
      for (const joint of ["", ...this.meta.joints]) {
        if (!rest.startsWith(joint)) continue
        const others = await this.cutInto(count - 1, rest.slice(joint.length))
        if (others.length) return [part, ...others]
      }
    }
    return []
  }

  joined(tokens) {
    return tokens.slice(1).map(async (token, place) => {
      const near = await this.near(tokens[place] + token)
      if (!near.size) return []
      return [{ covers: [place, place + 1], subs: [near], weight: this.weights.joined, how: "joined" }]
    })
  }

  *meaningTheSame(tokens) {
    for (let start = 0; start < tokens.length; start++) {
      for (let end = start + 1; end <= Math.min(start + this.longest, tokens.length); end++) {
        const covers = tokens.slice(start, end).map((_, at) => start + at)
        for (const other of this.synonyms.get(tokens.slice(start, end).join(" ")) ?? []) {
          yield this.sameAs(other, covers)
        }
      }
    }
  }

  async sameAs(words, covers) {
    const subs = await Promise.all(words.map(word => this.near(word)))
    if (!subs.every(sub => sub.size)) return []
    return [{ covers, subs, weight: this.weights.synonym, how: "synonym" }]
  }

  // Documents

  fetchPostings(ways) {
    const entries = ways.flatMap(({ subs }) => subs.flatMap(sub => [...sub.values()].map(one => one[2])))
    const fetch = async entry => {
      entry.postings ??= await this.store.postings(entry)
    }
    return Promise.all(entries.map(fetch))
  }

  // How much each word of the query counts: the rarer, the more.
  tokenWeights(tokens, ways) {
    const found = new Map()
    for (const { covers, subs } of ways) {
      for (const sub of covers.length === 1 ? subs : []) {
        if (!sub.size || found.has(covers[0])) continue
        const meanings = [...sub.values()]
        const best = meanings.reduce((most, [weight]) => Math.max(most, weight), 0)
        const foremost = meanings.filter(([weight]) => weight >= best * 0.9)
        const count = foremost.reduce((most, [, , entry]) => Math.max(most, entry.count), 0)
        found.set(covers[0], weightOf(count, this.total))
      }
    }
    const unknown = weightOf(1, this.total) * this.weights.unknown
    return tokens.map((_, place) => found.get(place) ?? unknown)
  }

  // How much documents have of each word, and how much of their titles that is: arrays by the
  // words' places, and in these by the documents' numbers. They are used again by the next query.
  matches(tokens, ways) {
    const [values, shares] = [this.values, this.shares].map(arrays =>
      tokens.map((_, place) => (arrays[place] ??= new Float64Array(this.total)).fill(0)),
    )
    const isFound = new Uint8Array(this.total)
    for (const way of ways) {
      const { numbers, value, share } = this.fitting(way)
      for (const number of numbers) {
        isFound[number] = 1
        for (const place of way.covers) {
          values[place][number] = Math.max(values[place][number], value[number])
          const part = share[number] / way.covers.length
          shares[place][number] = Math.max(shares[place][number], part)
        }
      }
    }
    const numbers = []
    for (let at = isFound.indexOf(1); at >= 0; at = isFound.indexOf(1, at + 1)) numbers.push(at)
    return { numbers, values, shares }
  }

  fitting({ subs, weight }) {
    const { best, sums } = this
    sums.clear()
    for (const sub of subs) {
      this.having(sub)
      if (subs.length === 1 && weight === 1) return best
      for (const number of best.numbers) sums.add(number, best.value[number], best.share[number])
    }
    for (const number of sums.numbers) {
      // Only some of the parts are worth less than their share of the whole.
      const part = (sums.value[number] / subs.length) * (sums.count[number] / subs.length)
      sums.value[number] = weight * part
      sums.share[number] = weight * Math.min(1, sums.share[number])
    }
    return sums
  }

  // The documents that have any of some words; what a posting is, shards.py says.
  having(sub) {
    const { full } = this.meta
    this.best.clear()
    for (const [weight, , { postings }] of sub.values()) {
      let number = 0
      for (let at = 0; at < postings.length; at += 2) {
        number += postings[at]
        const strength = postings[at + 1] % (full + 1)
        const share = (postings[at + 1] - strength) / (full + 1)
        this.best.raise(number, (weight * strength) / full, (weight * share) / full)
      }
    }
  }

  // A test of documents by what is chosen: pairs of a facet and keys, of which it must have one.
  async allowing(documents, chosen) {
    if (!chosen.length) return () => true
    const facets = await this.store.facets(documents)
    const wanted = chosen.map(([name, keys]) => [this.store.names.indexOf(name), new Set(keys)])
    return one => wanted.every(([at, keys]) => facets(one)[at].some(key => keys.has(key)))
  }

  ranked({ numbers, values, shares }, weights, isAllowed) {
    const { power, title, whole, page: together, kinds, echoes } = this.weights
    const { first } = this.store
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    const covered = valueAt => weights.reduce((sum, one, at) => sum + valueAt(at) * one, 0) / all
    const kindOf = number => kinds[this.store.kind(number)] ?? 1
    const pages = new Map()
    for (const number of numbers.filter(isAllowed)) {
      const page = this.store.page(number)
      const part = covered(at => values[at][number])
      const share = Math.min(1, shares.reduce((sum, one) => sum + one[number], 0))
      const score = part ** power * (1 + title * share)
      const isTitle = number === first[page] && Math.min(share, part) > ENTIRE
      const isIt = isTitle && !echoes.includes(this.store.kind(number))
      const found = [isIt ? score + whole : score * kindOf(number), number]
      if (pages.has(page)) pages.get(page).push(found)
      else pages.set(page, [found])
    }
    const found = [...pages].map(([page, documents]) => {
      const best = at => documents.reduce((most, [, one]) => Math.max(most, values[at][one]), 0)
      const others = together * covered(best) ** power * kindOf(first[page])
      return [(1 - together) * ordered(documents)[0][0] + others, page, documents]
    })
    return ordered(found)
  }

  // How many documents there are of each key of each facet, as far as they have what is chosen of
  // the other facets. What is chosen is told even if nothing has it.
  async counts({ documents }, filters) {
    const facets = await this.store.facets(documents)
    const tell = async (name, at) => {
      const others = Object.entries(filters).filter(([other, keys]) => other !== name && keys.length)
      const isAllowed = await this.allowing(documents, others)
      const counts = new Map()
      for (const key of documents.filter(isAllowed).flatMap(one => facets(one)[at])) {
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      const told = this.meta.facets[name].map(([key, called]) => ({
        key,
        name: called,
        count: counts.get(key) ?? 0,
      }))
      return [name, told.filter(({ key, count }) => count || filters[name]?.includes(key))]
    }
    return Object.fromEntries(await Promise.all(this.store.names.map(tell)))
  }
}
