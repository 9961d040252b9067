// Opens and closes the search, which is loaded when a reader opens it for the first time.
const root = document.querySelector(".md-search")
const toggle = document.querySelector("#__search")
const address = new URLSearchParams(location.search)

if (root) {
  const input = root.querySelector("input")
  let from // where the focus was
  let loading

  const load = () => {
    loading ??= import("./search/box.js").then(
      ({ SearchBox }) => new SearchBox(root, toggle),
      () => {
        loading = null
        root.querySelector(".md-search-result__meta").textContent = root.dataset.failed
      },
    )
  }
  const open = before => {
    if (toggle.checked) return load()
    from = before
    toggle.click()
  }

  toggle.addEventListener("change", () => {
    const { activeElement } = document
    if (toggle.checked) {
      input.focus()
      load()
    } else if (root.contains(activeElement)) {
      activeElement.blur()
      from?.focus()
    }
  })
  input.addEventListener("focus", event => open(event.relatedTarget))
  input.addEventListener("input", () => open())
  input.form.addEventListener("submit", event => {
    if (!loading) return // to the task finder
    event.preventDefault()
    loading.then(box => box?.enter())
  })
  for (const button of document.querySelectorAll("[data-lf-switch]")) {
    button.addEventListener("click", () => (toggle.checked ? toggle.click() : open(button)))
  }
  addEventListener("keydown", event => {
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (toggle.checked) {
      if (key === "Escape") toggle.click()
    } else if (
      /^[/sf]$/.test(key) &&
      !event.target.closest("input, textarea, select, [contenteditable]") &&
      !document.querySelector(":modal")
    ) {
      event.preventDefault()
      open(document.activeElement)
      input.select()
    }
  })
  if (address.has("q")) {
    input.value = address.get("q")
    open()
  }
}
if (address.has("h")) import("./search/highlight.js")
