// Leads from an old address to the page that is meant, with what stands behind `?`, and with what
// stands behind `#` as far as the page has such an anchor, whatever it was called before.
{
  const { target, anchors, moved } = document.currentScript.dataset

  const folded = text => text.normalize("NFC").toLowerCase()

  const decoded = text => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }

  // By its exact name, else by its name in any case.
  const find = (entries, name) =>
    entries.find(([known]) => known === name) ??
    entries.find(([known]) => folded(known) === folded(name))

  const anchorFor = name => {
    const successors = Object.entries(JSON.parse(moved))
    const present = JSON.parse(anchors).map(anchor => [anchor, anchor])
    return name ? (find(successors, name) ?? find(present, name))?.[1] : undefined
  }

  const place = new URL(target, location.href)
  const anchor = anchorFor(decoded(location.hash.slice(1)))
  if (place.protocol === "file:" && place.pathname.endsWith("/")) {
    place.pathname += "index.html" // a disk shows a folder's list of files
  }
  place.search = location.search
  place.hash = anchor === undefined ? "" : encodeURIComponent(anchor)
  location.replace(place)
}
