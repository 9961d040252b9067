// To-dos as a file for calendars (RFC 5545).

const WIDTH = 75 // octets of a line, without its end
const encoder = new TextEncoder()

const escaped = text =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, "")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n")

// Break a line, and no character, where it is too long; the next begins with a blank.
const folded = line => {
  const lines = []
  let current = ""
  let width = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (width + size > WIDTH) {
      lines.push(current)
      current = " "
      width = 1
    }
    current += character
    width += size
  }
  return [...lines, current].join("\r\n")
}

const stamp = date => date.toISOString().replace(/[-:]|\.\d+/g, "")

const todo = (one, now) => [
  "BEGIN:VTODO",
  `UID:${one.uid}`,
  `DTSTAMP:${stamp(now)}`,
  `SUMMARY:${escaped(one.summary)}`,
  ...(one.description ? [`DESCRIPTION:${escaped(one.description)}`] : []),
  ...(one.categories.length ? [`CATEGORIES:${one.categories.map(escaped).join(",")}`] : []),
  `URL:${one.url.replace(/[\0-\x20\x7f]/g, encodeURIComponent)}`,
  "STATUS:NEEDS-ACTION",
  "END:VTODO",
]

// Each to-do has a uid, a summary, a description, categories and an address.
export const calendar = (name, todos, now) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Leitfaden//Checklist//EN",
    `X-WR-CALNAME:${escaped(name)}`,
    ...todos.flatMap(one => todo(one, now)),
    "END:VCALENDAR",
  ]
    .map(line => `${folded(line)}\r\n`)
    .join("")
