// Answers the search box with fixed data, as the worker would; nothing of the site's index is read.
// A few words make it behave in another way.
let base = ""
let tries = 0
let lost // what keeps the counts from being told

const plain = text => [[text, false]]
const at = path => new URL(path, base).href

const kickoff = () => ({
  url: at("initiate-conduct-customer-kick-off/"),
  title: [["Conduct ", false], ["Kick-off", true], [" for Customers", false]],
  kind: "process",
  trail: "Initiate",
  lang: "",
  excerpt: [["The ", false], ["kick-off", true], [" brings all those together whom the engagement needs, so that each knows what comes next and who decides about it. ".repeat(2), false]],
  hits: [
    task("4001", "Hold the kick-off", "Mandatory · FastTrack Manager · All Services"),
    task("4002", "Agree on dates", "Optional · Partner · Exchange"),
    { url: at("initiate-conduct-customer-kick-off/#step-1"), title: plain("Prepare the meeting"), kind: "step", facts: "FastTrack Manager", excerpt: plain("Send the agenda two days before."), lang: "" },
    task("4003", "Write the minutes", "Mandatory · Partner"),
    task("4004", "Plan the next meeting", ""),
  ],
  best: at("initiate-conduct-customer-kick-off/#task-4001"),
})

const task = (id, name, facts) => ({
  url: at(`initiate-conduct-customer-kick-off/#task-${id}`),
  title: [[id, true], [` ${name}`, false]],
  kind: "task",
  facts,
  excerpt: [],
  lang: "",
})

const long = () => ({
  url: at("glossary/"),
  title: [["Donaudampfschifffahrtsgesellschafts", true], ["kapitänsmützenaufbewahrungsschrankschlüsselbund", false]],
  kind: "glossary",
  trail: "",
  lang: "",
  excerpt: [["Rechtsschutzversicherungsgesellschaftenvertreterversammlungsprotokoll", true], [": ein Wort, das in keine Zeile passt", false]],
  hits: [{ url: at("glossary/#fm"), title: plain("Betriebsbereitschaftsprüfungsverantwortlichkeitsmatrix"), kind: "entry", facts: "", excerpt: plain("Wer wofür einsteht."), lang: "" }],
  best: at("glossary/"),
})

const hostile = () => ({
  url: at("resources-bvd/"),
  title: [["<script>alert(1)</script>", true], [" & <b>bold</b>", false]],
  kind: "<i>none</i>",
  trail: "<img src=x onerror=alert(1)>",
  lang: "",
  excerpt: plain("<img src=x onerror=alert(2)>"),
  hits: [{ url: at("resources-bvd/#a"), title: plain("<svg onload=alert(3)>"), kind: "task", facts: "<b>facts</b>", excerpt: [], lang: "" }],
  best: at("resources-bvd/"),
})

const foreign = () => ({
  url: at("status-blocked-app-compatibility/"),
  title: plain("Compatibilité des applications"),
  kind: "status",
  trail: "Remediate",
  lang: "fr",
  excerpt: plain("Cette page attend sa traduction."),
  hits: [],
  best: at("status-blocked-app-compatibility/"),
})

const numbered = number => ({
  url: at(`tasks/?text=${number}`),
  title: [["Page", true], [` number ${number}`, false]],
  kind: number % 2 ? "resource" : "guidance",
  trail: "Assess · Remediate",
  lang: "",
  excerpt: plain("What this page is about, in a line."),
  hits: [],
  best: at(`tasks/?text=${number}`),
})

const ANSWERS = {
  long: () => [long()],
  markup: () => [hostile()],
  foreign: () => [foreign()],
  many: () => Array.from({ length: 27 }, (_, number) => numbered(number + 1)),
  all: () => [kickoff(), long(), foreign(), hostile(), ...Array.from({ length: 12 }, (_, number) => numbered(number + 1))],
  nothing: () => [],
}

const answer = ({ id, text, filters, limit }) => {
  const groups = (ANSWERS[text] ?? (() => [kickoff()]))()
  const found = filters.roles.length ? groups.slice(0, 1) : groups
  postMessage({
    type: "result",
    id,
    total: found.length,
    more: found.length > limit,
    groups: found.slice(0, limit),
    words: text === "nothing" ? [] : ["kick", "off", "agenda"],
    suggestion: text === "nothing" ? "many" : null,
  })
}

const query = message => {
  tries += 1
  lost = { uncounted: "offline", lost: "changed" }[message.text]
  const changed = message.text === "gone" || (message.text === "renewed" && tries === 1)
  if (changed) postMessage({ type: "failed", id: message.id, message: "changed" })
  else if (message.text === "slow") setTimeout(() => answer(message), 600)
  else answer(message)
}

const COUNTS = {
  phases: [{ key: "initiate", name: "Initiate", count: 12 }, { key: "assess", name: "Assess", count: 1234 }],
  roles: [{ key: "fasttrack-manager", name: "FastTrack Manager", count: 7 }, { key: "partner", name: "Partner", count: 3 }],
  services: [{ key: "exchange", name: "Exchange", count: 5 }],
  requirements: [{ key: "mandatory", name: "Mandatory", count: 9 }, { key: "optional", name: "Optional", count: 4 }],
}

addEventListener("message", ({ data }) => {
  if (data.type === "open") {
    base = data.base
    postMessage({ type: "ready", locale: "en", hasFacets: true })
  } else if (data.type === "query") query(data)
  else if (lost) postMessage({ type: "failed", id: data.id, message: lost })
  else postMessage({ type: "facets", id: data.id, counts: COUNTS })
})
