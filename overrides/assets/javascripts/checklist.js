// The checklist of an engagement: which tasks are shown, which are ticked, and what is noted down.
import { calendar } from "./calendar.js"
import { empty, Engagements, exported, imported, merge, Unreadable } from "./engagements.js"
import { csv, Filters, make, placesOf, save, textsOf } from "./taskdata.js"

// One store for all languages of this site, and for no other site of the same host.
const STORE = `leitfaden:checklist:${new URL("../../", import.meta.url).pathname}`

class Item {
  constructor(element, phase, process) {
    this.element = element
    this.phase = phase
    this.process = process
    this.id = element.dataset.task
    this.version = element.dataset.version
    this.link = element.querySelector(".lf-item__id")
    this.name = element.querySelector(".lf-item__name").textContent
    this.places = placesOf(element)
    this.chosen = true
  }
}

class Checklist {
  constructor(root) {
    this.root = root
    this.texts = textsOf(root)
    this.lang = root.closest("[lang]").lang
    this.number = new Intl.NumberFormat(this.lang)
    this.kept = new Engagements(STORE, () => this.showAll())
    this.items = []
    this.stages = [...root.querySelectorAll("[data-lf-stage]")].map(element => this.stage(element))
    this.byTask = Map.groupBy
      ? Map.groupBy(this.items, item => item.id)
      : this.items.reduce((all, item) => all.set(item.id, [...(all.get(item.id) ?? []), item]), new Map())
    this.filters = new Filters(root, () => this.choose())
    this.openOnly = this.find("open")
    this.prepare()
    this.find("plain").hidden = true
    this.find("live").hidden = false
    this.showAll()
  }

  find(name) {
    return this.root.querySelector(`[data-lf-${name}]`)
  }

  dialog(name) {
    return this.root.querySelector(`[data-lf-dialog=${name}]`)
  }

  stage(element) {
    const title = element.querySelector("h2").lastChild.textContent.trim()
    const processes = [...element.querySelectorAll("[data-lf-process]")].map(process => {
      const name = process.querySelector("h3").textContent.trim()
      const items = [...process.querySelectorAll(".lf-item")].map(item => new Item(item, title, name))
      items.forEach(item => this.equip(item))
      this.items.push(...items)
      return { element: process, items }
    })
    const progress = element.querySelector("[data-lf-progress]")
    progress.hidden = false
    return { element, key: element.dataset.lfStage, processes, progress }
  }

  // Give a task a box to tick and a place for a note.
  equip(item) {
    const { element } = item
    const name = element.querySelector(".lf-item__name")
    item.box = make("input", {
      type: "checkbox",
      className: "lf-item__tick",
      "aria-label": `${item.id} ${item.name}`.trim(),
    })
    item.box.addEventListener("change", () => this.tick(item))
    element.querySelector(".lf-item__box").replaceWith(item.box)
    name.addEventListener("click", () => item.box.click())
    item.button = make(
      "button",
      {
        type: "button",
        className: "lf-item__button",
        "aria-label": this.texts("note-of", { task: item.id }),
        "aria-expanded": "false",
      },
      this.texts("note"),
    )
    item.button.addEventListener("click", () => {
      const area = this.area(item)
      area.hidden = !area.hidden && !area.value
      item.button.setAttribute("aria-expanded", String(!area.hidden))
      if (!area.hidden) area.focus()
    })
    element.append(item.button)
  }

  // The place for a note is made when it is needed.
  area(item) {
    if (!item.note) {
      item.note = make("textarea", {
        className: "lf-item__note",
        rows: 2,
        maxLength: 5000,
        hidden: true,
        "aria-label": this.texts("note-of", { task: item.id }),
      })
      item.note.addEventListener("input", () => {
        this.kept.note(item.id, { note: item.note.value, name: item.name })
        this.showState(item.note)
      })
      item.element.append(item.note)
    }
    return item.note
  }

  prepare() {
    this.find("engagement").addEventListener("change", event => {
      const id = event.target.value
      this.kept.change(state => {
        if (state.engagements.has(id)) state.current = id
      })
      this.showAll()
    })
    this.openOnly.addEventListener("change", () => this.arrange())
    for (const button of this.root.querySelectorAll("[data-lf-do]")) {
      button.addEventListener("click", () => this[button.dataset.lfDo]())
    }
    this.find("file").addEventListener("change", event => this.read(event.target))
  }

  // What is kept ----------------------------------------------------------------------------

  tick(item) {
    const done = item.box.checked ? new Date().toISOString() : null
    this.kept.note(item.id, { done, version: item.version, name: item.name })
    this.showState()
  }

  // The task has changed and is done all the same.
  confirm(item) {
    this.kept.note(item.id, { version: item.version, name: item.name })
    this.showState()
    item.box.focus()
  }

  choose() {
    const choice = new Map(this.filters.choice)
    this.kept.change(() => {
      this.kept.current.choice = choice
    })
    this.arrange()
  }

  reset() {
    this.filters.choice = new Map()
    this.openOnly.checked = false
    this.choose()
    this.find("count").focus()
  }

  async ask(name, focus) {
    const dialog = this.dialog(name)
    dialog.returnValue = ""
    dialog.showModal()
    focus?.select()
    await new Promise(resolve => dialog.addEventListener("close", resolve, { once: true }))
    return dialog.returnValue
  }

  async askName(name) {
    const input = this.dialog("naming").querySelector("input")
    input.value = name
    const answer = await this.ask("naming", input)
    return answer === "save" ? input.value.trim() : ""
  }

  async create() {
    const name = await this.askName("")
    if (!name) return
    this.kept.add(empty(name))
    this.showAll("created", { name })
  }

  async rename() {
    const name = await this.askName(this.nameOf(this.kept.current))
    if (!name) return
    this.kept.change(() => {
      this.kept.current.name = name
    })
    this.showAll("renamed", { name })
  }

  async remove() {
    const name = this.nameOf(this.kept.current)
    this.dialog("removing").querySelector("[data-lf-what]").textContent = name
    if ((await this.ask("removing")) !== "remove") return
    this.kept.remove()
    this.showAll("deleted", { name })
  }

  // What is shown -----------------------------------------------------------------------------

  nameOf(engagement) {
    return engagement.name || this.texts("unnamed")
  }

  showAll(message = "", values = {}) {
    const { state } = this.kept
    const options = [...state.engagements].map(([value, one]) =>
      make("option", { value, selected: value === state.current }, this.nameOf(one)),
    )
    this.find("engagement").replaceChildren(...options)
    this.filters.choice = this.kept.current.choice
    this.arrange()
    this.say(message, values)
  }

  // Trouble with the browser's store goes before all else.
  say(message, values) {
    const key = this.kept.trouble || message
    const place = this.find("message")
    place.textContent = key ? this.texts(key, values) : ""
    place.classList.toggle("lf-checklist__message--trouble", Boolean(this.kept.trouble))
  }

  // Choose the tasks that are shown. Ticking one does not hide it: that would lose one's place.
  arrange() {
    const { choice } = this.filters
    const phases = choice.get("phase")
    const fits = this.filters.test(choice)
    const { tasks } = this.kept.current
    let shown = 0
    for (const stage of this.stages) {
      const inPhase = !phases || phases.includes(stage.key)
      for (const process of stage.processes) {
        for (const item of process.items) {
          item.chosen = inPhase && item.places.some(fits)
          const visible = item.chosen && !(this.openOnly.checked && tasks.get(item.id)?.done)
          item.element.hidden = !visible
          shown += visible
        }
        process.element.hidden = process.items.every(item => item.element.hidden)
      }
      stage.element.hidden = stage.processes.every(process => process.element.hidden)
    }
    this.find("none").hidden = shown > 0
    const words = [...choice].map(([facet, keys]) => this.filters.words(facet, keys, this.texts("between")))
    const name = this.nameOf(this.kept.current)
    this.find("words").textContent = words.length
      ? this.texts("filtered", { name, filters: words.join("; ") })
      : this.texts("all", { name })
    this.showState()
  }

  // Show what is noted down.
  showState(typedIn = null) {
    const { tasks } = this.kept.current
    for (const item of this.items) this.showItem(item, tasks.get(item.id), typedIn)
    for (const stage of this.stages) {
      const items = stage.processes.flatMap(process => process.items)
      stage.progress.textContent = this.progress(items, tasks, "progress")
    }
    this.find("count").textContent = [
      this.progress(this.items, tasks, "shown"),
      ...this.byRequirement(tasks),
    ].join(" · ")
    const chosen = new Set(this.items.filter(item => item.chosen).map(item => item.id))
    const total = this.find("total")
    total.max = Math.max(chosen.size, 1)
    total.value = [...chosen].filter(id => tasks.get(id)?.done).length
    this.showVanished(tasks)
    if (this.kept.trouble) this.say("", {})
  }

  showItem(item, task, typedIn) {
    item.box.checked = Boolean(task?.done)
    item.element.classList.toggle("lf-item--done", item.box.checked)
    const note = task?.note ?? ""
    if (item.note !== typedIn || !typedIn) {
      if (note || item.note) {
        const area = this.area(item)
        if (area.value !== note) area.value = note
        area.hidden = !note && document.activeElement !== area
        item.button.setAttribute("aria-expanded", String(!area.hidden))
      }
    }
    const changed = Boolean(task?.done) && task.version !== item.version
    if (changed && !item.changed) {
      const button = make("button", { type: "button", className: "lf-item__button" }, this.texts("still-done"))
      button.addEventListener("click", () => this.confirm(item))
      item.changed = make("p", { className: "lf-item__changed" }, `${this.texts("changed")} `, button)
      item.button.after(item.changed)
    } else if (!changed && item.changed) {
      item.changed.remove()
      item.changed = null
    }
  }

  // How many of the chosen tasks are done; each counts once, however often it is stated.
  progress(items, tasks, text) {
    const ids = new Set(items.filter(item => item.chosen).map(item => item.id))
    const done = [...ids].filter(id => tasks.get(id)?.done).length
    return this.texts(text, { done: this.number.format(done), all: this.number.format(ids.size) })
  }

  byRequirement(tasks) {
    return [...this.filters.orderOf("requirement").keys()].map(key => {
      const items = this.items.filter(item => item.places.some(place => place.requirement.includes(key)))
      const name = this.filters.nameOf("requirement", key)
      return `${name}: ${this.progress(items, tasks, "progress-none")}`
    })
  }

  // Tasks that the playbook no longer has, with all that was noted down about them.
  showVanished(tasks) {
    const section = this.find("vanished")
    const gone = [...tasks].filter(([id]) => !this.byTask.has(id))
    section.hidden = gone.length === 0
    section.querySelector("ul").replaceChildren(
      ...gone.map(([id, task]) => {
        const state = task.done
          ? this.texts("vanished-done", { date: this.date(task.done) })
          : this.texts("vanished-open")
        const button = make(
          "button",
          { type: "button", className: "lf-item__button", "aria-label": `${this.texts("forget")}: ${id}` },
          this.texts("forget"),
        )
        button.addEventListener("click", () => {
          this.kept.forget(id)
          this.showState()
          this.find("count").focus() // the button is gone
        })
        return make(
          "li",
          { className: "lf-item" },
          make("span", { className: "lf-item__id" }, id),
          make("span", { className: "lf-item__name" }, task.name),
          make("span", { className: "lf-item__state" }, state),
          button,
          ...(task.note ? [make("p", { className: "lf-item__said" }, task.note)] : []),
        )
      }),
    )
  }

  date(text) {
    return new Intl.DateTimeFormat(this.lang, { dateStyle: "medium" }).format(new Date(text))
  }

  // Files -------------------------------------------------------------------------------------

  fileName(kind) {
    const name = this.nameOf(this.kept.current).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")
    return `${this.texts("file")}${name ? `-${name}` : ""}.${kind}`
  }

  print() {
    window.print()
  }

  // The chosen tasks, each once.
  get chosen() {
    const found = new Map()
    for (const item of this.items) if (item.chosen && !found.has(item.id)) found.set(item.id, item)
    return [...found.values()]
  }

  csv() {
    const { tasks } = this.kept.current
    const head = ["id", "name", "requirement", "phase", "process", "roles", "services", "done", "done-on", "changed", "note"]
    const rows = this.chosen.map(item => {
      const task = tasks.get(item.id)
      return [
        item.id,
        item.name,
        this.names(item, "requirement"),
        item.phase,
        item.process,
        this.names(item, "role"),
        this.names(item, "service"),
        this.texts(task?.done ? "yes" : "no"),
        task?.done ? task.done.slice(0, 10) : "",
        this.texts(task?.done && task.version !== item.version ? "yes" : "no"),
        task?.note ?? "",
      ]
    })
    const titles = head.map(key => this.texts(`column-${key}`))
    save(csv([titles, ...rows]), this.fileName("csv"), "text/csv")
  }

  names(item, facet) {
    const keys = new Set(item.places.flatMap(place => place[facet]))
    return [...keys].map(key => this.filters.nameOf(facet, key)).join(this.texts("between"))
  }

  ics() {
    const { current, state } = this.kept
    const open = this.chosen.filter(item => !current.tasks.get(item.id)?.done)
    if (!open.length) {
      this.say("nothing-open", {})
      return
    }
    const todos = open.map(item => ({
      uid: `task-${item.id}-${state.current}@${location.hostname || "localhost"}`,
      summary: `${item.id} ${item.name}`.trim(),
      description: current.tasks.get(item.id)?.note ?? "",
      categories: [item.phase, this.names(item, "requirement")].filter(Boolean),
      url: item.link.href,
    }))
    save(calendar(this.nameOf(current), todos, new Date()), this.fileName("ics"), "text/calendar")
  }

  export() {
    const { current } = this.kept
    const named = { ...current, name: this.nameOf(current) }
    save(exported(named), this.fileName("json"), "application/json")
  }

  import() {
    this.find("file").click()
  }

  async read(input) {
    const [file] = input.files
    input.value = "" // so that the same file can be chosen again
    if (!file) return
    try {
      await this.take(await imported(file))
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      const place = this.find("message")
      place.textContent = this.texts(error.message)
      place.classList.add("lf-checklist__message--trouble")
    }
  }

  async take(engagement) {
    const name = this.nameOf(engagement)
    const tasks = [...engagement.tasks.values()]
    this.dialog("importing").querySelector("[data-lf-what]").textContent = this.texts("found", {
      name,
      done: this.number.format(tasks.filter(task => task.done).length),
      notes: this.number.format(tasks.filter(task => task.note).length),
      current: this.nameOf(this.kept.current),
    })
    const answer = await this.ask("importing")
    if (answer === "add") this.kept.add(engagement)
    else if (answer === "merge") this.kept.change(() => merge(this.kept.current, engagement))
    else if (answer === "replace") {
      this.kept.change(state => state.engagements.set(state.current, engagement))
    } else return
    const told = { add: "added", merge: "merged", replace: "replaced" }[answer]
    this.showAll(told, { name })
  }
}

const root = document.querySelector("[data-lf-checklist]")
if (root) new Checklist(root)
