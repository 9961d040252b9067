// Plays a video in place of its card, and not before a reader asks for it. The card says which host
// the browser then turns to; only hosts that the contract names have cards that play.
for (const card of document.querySelectorAll("[data-lf-player]")) {
  const link = card.querySelector("a")
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return // a tab of its own
    event.preventDefault()
    const frame = document.createElement("iframe")
    frame.className = "lf-video__frame"
    frame.title = card.querySelector(".lf-video__title").textContent
    frame.referrerPolicy = "no-referrer"
    frame.sandbox = "allow-scripts allow-same-origin allow-presentation"
    frame.allow = "fullscreen; picture-in-picture"
    frame.allowFullscreen = true
    frame.src = link.href
    card.replaceChildren(frame)
    frame.focus()
  })
}
