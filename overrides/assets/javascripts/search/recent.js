// The last searches that led somewhere, in the browser's store if it has one.
const MOST = 6
const LONGEST = 200

export class Recent {
  constructor(base) {
    this.key = `leitfaden:searches:${new URL(base).pathname}`
    this.kept = [] // for a browser that keeps nothing
  }

  get all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key)) ?? []
      this.kept = kept.filter(one => typeof one === "string" && one.trim()).slice(0, MOST)
    } catch {
      // What is kept is refused, or is no list of ours.
    }
    return this.kept
  }

  add(text) {
    if (!text || text.length > LONGEST) return
    this.write([text, ...this.all.filter(one => one !== text)].slice(0, MOST))
  }

  clear() {
    this.write([])
  }

  write(texts) {
    this.kept = texts
    try {
      localStorage.setItem(this.key, JSON.stringify(texts))
    } catch {
      // They last as long as the page.
    }
  }
}
