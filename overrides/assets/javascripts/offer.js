// Offers the reader's own language where the page has been written in it: in that language, never
// by force, and not again once it has been declined.
const DECLINED = "leitfaden.offer.declined"

const offers = [...document.querySelectorAll("template[data-lf-offer]")]
const spoken = document.documentElement.lang

const primary = tag => tag.toLowerCase().split("-")[0]

const isDeclined = () => {
  try {
    return localStorage.getItem(DECLINED) !== null
  } catch {
    return false // a browser that keeps nothing
  }
}

const decline = () => {
  try {
    localStorage.setItem(DECLINED, "1")
  } catch {
    // It is offered again on the next page.
  }
}

// The first language that the reader reads and the page has; nothing if that is the page's own.
const wanted = () => {
  for (const tag of navigator.languages) {
    if (primary(tag) === primary(spoken)) return undefined
    const fits = matches => offers.find(offer => matches(offer.dataset.lfOffer))
    const found =
      fits(own => own.toLowerCase() === tag.toLowerCase()) ??
      fits(own => primary(own) === primary(tag))
    if (found) return found
  }
}

const show = offer => {
  const region = offer.content.firstElementChild.cloneNode(true)
  region.querySelector("button").addEventListener("click", () => {
    decline()
    region.remove()
    document.documentElement.classList.remove("lf-offers")
  })
  offer.after(region)
  document.documentElement.classList.add("lf-offers") // what has the focus is not to be below it
  // Who chooses another language by hand does not want this one.
  document.addEventListener("click", ({ target }) => {
    const choice = target.closest("[data-lf-language]")
    if (choice && choice.hreflang !== offer.dataset.lfOffer) decline()
  })
}

const offer = wanted()
if (offer && !isDeclined()) show(offer)
