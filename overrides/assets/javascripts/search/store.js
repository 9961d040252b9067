// The files of an index, of which a piece is fetched when it is needed, see shards.py for what they
// hold. The newest stay in memory.
import { backwards, cut } from "./analysis.js"

const VERSION = 1
const STUB = "search_index.json"
const MOST_PIECES = 4 // of words that begin alike: many do if little of them was typed
const MOST_LETTERS = 6_000_000 // of pieces in memory

// The site was published anew, and its index is another one.
export class Changed extends Error {}

// The network is gone, or the server does not answer as it should.
export class Unreachable extends Error {}

const textOf = async (url, options) => {
  try {
    const answer = await fetch(url, options)
    return [await answer.text(), answer.status]
  } catch {
    throw new Unreachable(url)
  }
}

const read = async (url, options, Missing = Changed) => {
  const [text, status] = await textOf(url, options)
  if (status === 404 || status === 410) throw new Missing(url)
  if (status >= 400) throw new Unreachable(`${status} ${url}`)
  try {
    return [JSON.parse(text), text.length]
  } catch {
    throw new Missing(url)
  }
}

// How many of a sorted list stand before something, or at its place.
const upTo = (count, isBehind) => {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBehind(middle)) high = middle
    else low = middle + 1
  }
  return low
}

// The number of the first of each of some groups in a row.
const starts = sizes => {
  let number = 0
  return Uint32Array.from(sizes, size => (number += size) - size)
}

// The numbers of the pieces in which the words are that begin in a way.
const range = (firsts, start) => {
  const next = upTo(firsts.length, at => firsts[at] > start)
  const from = Math.max(next - 1, 0)
  let to = Math.min(from + 1, firsts.length)
  while (to < firsts.length && to < from + MOST_PIECES && firsts[to].startsWith(start)) to += 1
  return Array.from({ length: to - from }, (_, at) => from + at)
}

// The part of a sorted list that begins in a way: from where, and what.
const starting = (piece, start, wordOf) => {
  const from = upTo(piece.length, at => wordOf(piece[at]) >= start)
  let to = from
  while (to < piece.length && wordOf(piece[to]).startsWith(start)) to += 1
  return [from, piece.slice(from, to)]
}

// Its postings come when they are asked for: `many` says how many there are.
const entryOf = ([word, stem, count, many, parts = []], number) => ({
  word,
  stem: typeof stem === "number" ? cut(word, 0, stem) : stem,
  count,
  many,
  parts,
  number,
})

export class Store {
  constructor(base) {
    this.root = new URL("search/", base)
    this.pieces = new Map()
    this.size = 0
  }

  async open() {
    const address = new URL(STUB, this.root)
    const [{ leitfaden: stub }] = await read(address, { cache: "reload" }, Unreachable)
    if (stub?.version !== VERSION) throw new Changed(STUB)
    this.folder = new URL(`${stub.folder}/`, this.root)
    this.meta = (await read(new URL("meta.json", this.folder)))[0]
    this.first = starts(this.meta.sizes)
    const { numbers, postings, cards } = this.meta
    this.firsts = { words: starts(numbers), postings: starts(postings), cards: starts(cards) }
    this.names = Object.keys(this.meta.facets)
    return this
  }

  get hasFacets() {
    return this.names.some(name => this.meta.facets[name].length)
  }

  piece(name) {
    const piece = this.pieces.get(name) ?? { size: 0 }
    this.pieces.delete(name)
    this.pieces.set(name, piece)
    piece.content ??= this.fetched(name, piece)
    return piece.content
  }

  async fetched(name, piece) {
    try {
      const [content, size] = await read(new URL(`${name}.json`, this.folder))
      piece.size = size
      this.size += size
      this.forget()
      return content
    } catch (error) {
      this.pieces.delete(name)
      throw error
    }
  }

  // First what nobody has asked for longest.
  forget() {
    for (const [name, { size }] of this.pieces) {
      if (this.size <= MOST_LETTERS) return
      if (size) this.pieces.delete(name)
      this.size -= size
    }
  }

  // Of each piece that has any: its number, from where in it words begin in a way, and these.
  async within(letter, firsts, start, wordOf) {
    const numbers = range(firsts, start)
    const pieces = await Promise.all(numbers.map(number => this.piece(`${letter}${number}`)))
    return pieces.map((piece, at) => [numbers[at], ...starting(piece, start, wordOf)])
  }

  // The entries of the words that begin in a way.
  async starting(start) {
    const found = await this.within("w", this.meta.words, start, ([word]) => word)
    const { words: numbers } = this.firsts
    return found.flatMap(([piece, from, words]) =>
      words.map((word, at) => entryOf(word, numbers[piece] + from + at)),
    )
  }

  // The words that end in a way.
  async ending(end) {
    const found = await this.within("e", this.meta.ends, backwards(end), word => word)
    return found.flatMap(([, , words]) => words.map(backwards))
  }

  async postings({ number }) {
    const { postings } = this.firsts
    const at = upTo(postings.length, one => postings[one] > number) - 1
    const piece = await this.piece(`p${at}`)
    return piece[number - postings[at]]
  }

  // The entry of a word, if there is one.
  async entry(word) {
    const { words } = this.meta
    const number = upTo(words.length, at => words[at] > word) - 1
    if (number < 0) return undefined
    const piece = await this.piece(`w${number}`)
    const at = upTo(piece.length, one => piece[one][0] >= word)
    return piece[at]?.[0] === word ? entryOf(piece[at], this.firsts.words[number] + at) : undefined
  }

  kind(document) {
    return this.meta.kinds[this.meta.documents[document]]
  }

  page(document) {
    return upTo(this.first.length, at => this.first[at] > document) - 1
  }

  async card(page) {
    const { cards } = this.firsts
    const number = upTo(cards.length, at => cards[at] > page) - 1
    const piece = await this.piece(`c${number}`)
    return piece[page - cards[number]]
  }

  // What returns the facets of those documents: for each of them, lists of keys by facet.
  async facets(documents) {
    const { block } = this.meta
    const numbers = [...new Set(documents.map(one => Math.floor(one / block)))]
    const pieces = await Promise.all(numbers.map(number => this.piece(`f${number}`)))
    const blocks = new Map(numbers.map((number, at) => [number, pieces[at]]))
    return document => {
      const { sets, documents: places } = blocks.get(Math.floor(document / block))
      return sets[places[document % block]]
    }
  }
}
