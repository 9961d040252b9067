// Marks on a page the words that a search has found there.
import { folded } from "../taskdata.js"

const MOST_WORDS = 32
const LONG = 5 // letters
const MOST_MARKS = 1000
const SLICE = 8 // milliseconds at a time
const NOT_TEXT =
  "nav, script, style, template, noscript, svg, button, textarea, select, [contenteditable], " +
  ".headerlink, .md-code__nav, [data-md-highlight]"
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Hang}\p{sc=Thai}]/u

// A word is found at the beginning of another one, with an umlaut as one letter or as two, and as a
// part of a compound if it is long; a number only as such; a word of a script without blanks anywhere.
const pattern = word => {
  if (UNSPACED.test(word)) return word
  const letters = word.replace(/([aou])e/g, "$1e?")
  const isWhole = /^\p{N}+$/u.test(word) || word.length < 3
  const [before, behind] = ["(?<![\\p{L}\\p{N}])", isWhole ? "(?![\\p{L}\\p{N}])" : "[\\p{L}\\p{N}]*"]
  return before + (!isWhole && word.length >= LONG ? "[\\p{L}\\p{N}]*" : "") + letters + behind
}

// What finds any of the words in a folded text; nothing without a word.
const finder = words => {
  const parts = folded(words).match(/[\p{L}\p{N}]+/gu) ?? []
  const distinct = [...new Set(parts)].slice(0, MOST_WORDS).sort((a, b) => b.length - a.length)
  return distinct.length ? new RegExp(distinct.map(pattern).join("|"), "gu") : null
}

// Where in a text the words stand, as pairs of offsets.
const places = (text, found) => {
  const whole = folded(text)
  if (whole.search(found) < 0) return []
  let plain = ""
  const at = [] // the offset of each folded letter
  let offset = 0
  for (const sign of text) {
    const one = folded(sign)
    for (let part = 0; part < one.length; part++) at.push(offset)
    plain += one
    offset += sign.length
  }
  at.push(offset)
  return [...plain.matchAll(found)].map(({ 0: match, index }) => [at[index], at[index + match.length]])
}

const mark = (node, pairs) => {
  const { data } = node
  const parts = []
  let end = 0
  for (const [from, to] of pairs) {
    const one = document.createElement("mark")
    one.dataset.mdHighlight = ""
    one.textContent = data.slice(from, to)
    parts.push(data.slice(end, from), one)
    end = to
  }
  node.replaceWith(...parts, data.slice(end))
}

// A browser goes on drawing and listening in between.
const inSlices = (nodes, found) => {
  let marks = 0
  const next = () => {
    const end = performance.now() + SLICE
    while (nodes.length && marks < MOST_MARKS && performance.now() < end) {
      const node = nodes.pop()
      const pairs = node.isConnected ? places(node.data, found) : []
      if (pairs.length) mark(node, pairs)
      marks += pairs.length
    }
    if (nodes.length && marks < MOST_MARKS) setTimeout(next)
  }
  next()
}

const highlight = words => {
  const found = finder(words)
  const content = document.querySelector(".md-content__inner")
  if (!found || !content) return
  const begin = () => {
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
    const nodes = []
    while (walker.nextNode()) {
      const { currentNode } = walker
      if (/\S/.test(currentNode.data) && !currentNode.parentElement.closest(NOT_TEXT)) {
        nodes.push(currentNode)
      }
    }
    inSlices(nodes.reverse(), found)
  }
  // Other scripts read the page first: a mark would part what they look for.
  if (document.readyState === "complete") begin()
  else addEventListener("load", begin)
}

highlight(new URLSearchParams(location.search).get("h") ?? "")
