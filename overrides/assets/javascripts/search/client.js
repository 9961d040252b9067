// The side of the page that talks with the worker which searches.
export class Client {
  constructor(base, heard) {
    this.base = base
    this.heard = heard
    this.id = 0
    this.start()
  }

  start() {
    this.worker?.terminate()
    this.hasFacets = false
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" })
    this.worker.addEventListener("message", ({ data }) => this.take(data))
    this.worker.addEventListener("error", event => {
      event.preventDefault()
      this.heard.failed({ message: "offline" })
    })
    this.worker.postMessage({ type: "open", base: this.base })
  }

  // What answers an older query is of no use any more.
  take(message) {
    if (message.type === "ready") this.hasFacets = Boolean(message.hasFacets)
    else if (message.id === undefined || message.id === this.id) this.heard[message.type]?.(message)
  }

  ask(text, filters, limit) {
    this.id += 1
    this.worker.postMessage({ type: "query", id: this.id, text, filters, limit })
  }

  askFacets() {
    if (this.hasFacets) this.worker.postMessage({ type: "facets", id: this.id })
  }

  // No answer to what was asked is wanted any more.
  forget() {
    this.id += 1
  }
}
