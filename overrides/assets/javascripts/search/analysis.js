// Words as a search compares them, as plugins/leitfaden/searching/analysis.py has them: a test
// compares the two. There is no stemmer here: stems come with the index.

// Scripts that set no blanks between their words.
const UNSPACED =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u30ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}"
const HIDDEN = "\\u00ad\\u200b-\\u200f\\u2060\\ufeff"
const LETTER = "[\\p{L}\\p{N}\\u0900-\\u109f]" // the signs of Indic scripts are no letters
const LOOSE = `${LETTER}(?:${LETTER}|[\\u0300-\\u036f${HIDDEN}])*` // as texts may spell a word
const HYPHEN = /[-\u2010\u2011]/
const WORD = new RegExp(`${LETTER}+(?:[-\\u2010\\u2011]${LETTER}+)*`, "gu")
const SPELT = new RegExp(`${LOOSE}(?:[-\\u2010\\u2011]${LOOSE})*`, "gu")
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu")
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u")
const INVISIBLE = new RegExp(`[${HIDDEN}]`, "g")
const ASCII = /^[\0-\x7f]*$/
const ASTRAL = /[\ud800-\udfff]/

export const isNumber = text => /^\p{Nd}+$/u.test(text)
export const isAlphabetic = text => /^\p{L}+$/u.test(text)
const isUnspaced = text => IS_UNSPACED.test(text)

// Letters count as what readers take for one, not as the two units that some of them are.
export const letters = text => (ASTRAL.test(text) ? [...text] : text)
export const cut = (text, from, to) => {
  const part = letters(text).slice(from, to)
  return typeof part === "string" ? part : part.join("")
}
export const backwards = text => [...text].reverse().join("")

const composed = text =>
  ASCII.test(text) ? text.toLowerCase() : text.replace(INVISIBLE, "").toLowerCase().normalize("NFC")

const bare = text => {
  const lower = text.toLowerCase()
  if (ASCII.test(lower)) return lower
  const plain = lower.replace(INVISIBLE, "").normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
  return plain.normalize("NFC").replaceAll("ß", "ss").replaceAll("ς", "σ")
}

const counts = word => letters(word).length > 1 || isNumber(word)

// Of a script without blanks: pairs of signs that stand side by side.
const grams = run => {
  if (!isUnspaced(run)) return counts(run) ? [run] : []
  const signs = [...run]
  return signs.length === 1 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign)
}

export class Analyser {
  // The letters are those that stand for two, by these two; the fillers say nothing of a text.
  constructor(digraphs, fillers) {
    this.digraphs = digraphs
    this.fillers = new Set(fillers)
    const keys = Object.keys(digraphs).map(key => key.replace(/[^\p{L}\p{N}]/gu, "\\$&"))
    this.pattern = keys.length ? new RegExp(keys.join("|"), "gu") : null
  }

  // A text without what readers may write differently: case, accents, digraphs.
  fold(text) {
    const plain = bare(text)
    return this.pattern ? plain.replace(this.pattern, two => this.digraphs[two]) : plain
  }

  // The words of a query: those that say nothing only where there are no others.
  tokens(text) {
    const pieces = (composed(text).match(WORD) ?? []).flatMap(word => word.split(HYPHEN))
    const words = pieces.flatMap(piece => this.parts(this.fold(piece)))
    const telling = words.filter(word => !this.fillers.has(word))
    return telling.length ? telling : words
  }

  parts(folded) {
    if (!isUnspaced(folded)) return counts(folded) ? [folded] : []
    return folded.match(RUN).flatMap(grams)
  }

  // Where in a text that readers see the words are: [from, to, folded].
  *places(text) {
    for (const { 0: word, index } of text.matchAll(SPELT)) {
      if (isUnspaced(word)) yield* this.pairs(word, index)
      else {
        const pieces = word.split(HYPHEN)
        if (pieces.length > 1) yield [index, index + word.length, this.fold(pieces.join(""))]
        let at = index
        for (const piece of pieces) {
          yield [at, at + piece.length, this.fold(piece)]
          at += piece.length + 1
        }
      }
    }
  }

  *pairs(word, index) {
    let at = index
    for (const run of word.match(RUN)) {
      const signs = isUnspaced(run) ? [...run] : [run]
      for (const [number, sign] of signs.entries()) {
        const pair = sign + (signs[number + 1] ?? "")
        if (number === 0 || pair !== sign) yield [at, at + pair.length, this.fold(pair)]
        at += sign.length
      }
    }
  }
}
