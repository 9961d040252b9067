// What readers note down on the checklist, engagement by engagement. It stays in the browser.

const VERSION = 1
const FORMAT = "leitfaden-checklist"
const FACETS = ["phase", "role", "service", "requirement"]
const MOST = { engagements: 200, tasks: 20_000, keys: 200, name: 100, note: 5_000, id: 64, task: 500 }
const MOST_BYTES = 5_000_000

export class Unreadable extends Error {}

const isMapping = value => typeof value === "object" && value !== null && !Array.isArray(value)

const clean = (value, most) =>
  typeof value === "string"
    ? [...value.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f]/g, "")].slice(0, most).join("")
    : ""

const day = value =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/.test(value) && !isNaN(Date.parse(value))
    ? value
    : null

const entries = (value, most) => (isMapping(value) ? Object.entries(value).slice(0, most) : [])

// Whatever somebody hands us becomes an engagement, without what makes none.
const readTask = value => ({
  done: day(value.done),
  version: clean(value.version, MOST.id),
  name: clean(value.name, MOST.task),
  note: clean(value.note, MOST.note),
})

const readEngagement = value => {
  const tasks = new Map()
  for (const [id, given] of entries(value.tasks, MOST.tasks)) {
    if (!isMapping(given) || !/^\w[\w.-]*$/.test(id) || id.length > MOST.id) continue
    const task = readTask(given)
    if (task.done || task.note) tasks.set(id, task)
  }
  const choice = new Map()
  for (const facet of FACETS) {
    const keys = isMapping(value.choice) ? value.choice[facet] : undefined
    const read = Array.isArray(keys)
      ? keys.slice(0, MOST.keys).map(key => clean(key, MOST.id)).filter(Boolean)
      : []
    if (read.length) choice.set(facet, read)
  }
  return { name: clean(value.name, MOST.name).trim(), choice, tasks }
}

const parsed = text => {
  let value
  try {
    value = JSON.parse(text)
  } catch {
    throw new Unreadable("not-a-file")
  }
  if (!isMapping(value) || value.format !== FORMAT) throw new Unreadable("not-a-file")
  if (typeof value.version !== "number" || value.version < 1) throw new Unreadable("not-a-file")
  if (value.version > VERSION) throw new Unreadable("newer")
  return value
}

const written = engagement => ({
  name: engagement.name,
  choice: Object.fromEntries(engagement.choice),
  tasks: Object.fromEntries(engagement.tasks),
})

export const exported = engagement =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, engagement: written(engagement) }, null, 1)}\n`

// Read a file that somebody chose.
export const imported = async file => {
  if (file.size > MOST_BYTES) throw new Unreadable("too-large")
  const { engagement } = parsed(await file.text())
  if (!isMapping(engagement)) throw new Unreadable("not-a-file")
  return readEngagement(engagement)
}

// What is done in either is done; of notes that differ, both are kept.
export const merge = (engagement, other) => {
  for (const [id, theirs] of other.tasks) {
    const mine = engagement.tasks.get(id)
    if (!mine) {
      engagement.tasks.set(id, theirs)
      continue
    }
    if (!mine.done && theirs.done) {
      Object.assign(mine, { done: theirs.done, version: theirs.version, name: theirs.name })
    }
    if (!mine.note.includes(theirs.note)) {
      mine.note = theirs.note.includes(mine.note) ? theirs.note : `${mine.note}\n${theirs.note}`
    }
  }
}

export const empty = name => ({ name, choice: new Map(), tasks: new Map() })

const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, "0")).join("")

const fresh = () => ({ current: "first", engagements: new Map([["first", empty("")]]) })

const readState = text => {
  const value = parsed(text)
  const engagements = new Map()
  for (const [id, given] of entries(value.engagements, MOST.engagements)) {
    if (isMapping(given) && /^\w{1,32}$/.test(id)) engagements.set(id, readEngagement(given))
  }
  if (!engagements.size) return fresh()
  const current = engagements.has(value.current) ? value.current : engagements.keys().next().value
  return { current, engagements }
}

const writeState = state =>
  JSON.stringify({
    format: FORMAT,
    version: VERSION,
    current: state.current,
    engagements: Object.fromEntries([...state.engagements].map(([id, one]) => [id, written(one)])),
  })

// The browser's store; what is wrong with it is said in `trouble`, and the checklist works on.
export class Engagements {
  constructor(key, told) {
    this.key = key
    this.trouble = ""
    this.state = fresh()
    this.loaded = null // the text that `state` was read from or written to
    try {
      this.storage = window.localStorage
      this.storage.getItem(key)
    } catch {
      this.storage = null
      this.trouble = "kept-nowhere"
    }
    this.load()
    addEventListener("storage", event => {
      if (this.storage && (event.key === key || event.key === null) && this.load()) told()
    })
  }

  // Take what another tab has written, unless something of ours could not be.
  load() {
    if (!this.storage || this.trouble) return false
    const text = this.storage.getItem(this.key)
    if (text === this.loaded) return false
    const mine = this.loaded === null ? "" : this.state.current
    this.loaded = text
    try {
      this.state = text === null ? fresh() : readState(text)
      if (this.state.engagements.has(mine)) this.state.current = mine // each tab has its own
    } catch (error) {
      this.state = fresh()
      if (error.message === "newer") {
        this.storage = null // what a newer version of this page has kept is not ours to change
        this.trouble = "newer"
      } else {
        this.trouble = "broken"
        this.setAside(text)
      }
    }
    return true
  }

  setAside(text) {
    try {
      this.storage.setItem(`${this.key}:broken`, text)
    } catch {
      // Then it is lost: it was no checklist.
    }
  }

  get current() {
    return this.state.engagements.get(this.state.current)
  }

  // Change what is kept: what other tabs have written before stays.
  change(how) {
    this.load()
    how(this.state)
    if (!this.storage) return
    const text = writeState(this.state)
    try {
      this.storage.setItem(this.key, text)
      this.loaded = text
      this.trouble = ""
    } catch {
      this.trouble = "full"
    }
  }

  add(engagement) {
    this.change(state => {
      const id = newId()
      state.engagements.set(id, engagement)
      state.current = id
    })
  }

  // Without the last one there is a new one without a name.
  remove() {
    this.change(state => {
      state.engagements.delete(state.current)
      if (!state.engagements.size) Object.assign(state, fresh())
      else state.current = state.engagements.keys().next().value
    })
  }

  // Note something down about a task; one about which nothing is noted is forgotten.
  note(id, values) {
    this.change(() => {
      const { tasks } = this.current
      const task = { ...readTask({}), ...tasks.get(id), ...values }
      if (task.done || task.note) tasks.set(id, task)
      else tasks.delete(id)
    })
  }

  forget(id) {
    this.change(() => this.current.tasks.delete(id))
  }
}
