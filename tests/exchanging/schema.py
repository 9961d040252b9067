"""What the schema of XLIFF 2.1's core says of the elements that we write, as a table.

Each element has the attributes that it may have and must have, and its children in their order.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
GLOSSARY = "{urn:oasis:names:tc:xliff:glossary:2.0}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NMTOKEN = r"[\w.:-]+"
_YES_NO = "yes|no"
_INLINE = {
    "id": _NMTOKEN,
    "canCopy": _YES_NO,
    "canDelete": _YES_NO,
    "type": "fmt|ui|quote|link|image|other",
    "subType": r"[^\s:]+:[^\s:]+",
}
_ATTRIBUTES = {
    "xliff": {"version": r"2\.1", "srcLang": r"[A-Za-z-]+", "trgLang": r"[A-Za-z-]+"},
    "file": {"id": _NMTOKEN, "original": ".*", _SPACE: "preserve|default"},
    "unit": {"id": _NMTOKEN, "name": ".*"},
    "notes": {},
    "note": {"category": ".*"},
    "originalData": {},
    "data": {"id": _NMTOKEN},
    "segment": {"state": "initial|translated|reviewed|final"},
    "source": {},
    "target": {},
    "cp": {"hex": "(?:[0-9A-F]{2})+"},
    "ph": {**_INLINE, "dataRef": _NMTOKEN},
    "pc": {**_INLINE, "dataRefStart": _NMTOKEN, "dataRefEnd": _NMTOKEN},
}
_NEEDED = {
    "xliff": {"version", "srcLang"},
    "file": {"id"},
    "unit": {"id"},
    "data": {"id"},
    "cp": {"hex"},
    "ph": {"id"},
    "pc": {"id"},
}
_TEXT = "(?:cp |ph |pc )*"
_CHILDREN = {
    "xliff": "(?:file )+",
    "file": "(?:unit )+",
    "unit": "(?:glossary )?(?:notes )?(?:originalData )?(?:segment )+",
    "notes": "(?:note )+",
    "originalData": "(?:data )+",
    "data": "(?:cp )*",
    "segment": "source (?:target )?",
    "source": _TEXT,
    "target": _TEXT,
    "pc": _TEXT,
}
_MIXED = frozenset(("note", "data", "source", "target", "pc"))


def faults(text: str) -> list[str]:
    """Return what of a file is not as the schema and the constraints beside it have it."""
    root = ElementTree.fromstring(text)
    found = [fault for element in root.iter() for fault in _faults(element)]
    for unit in root.iter(f"{CORE}unit"):
        found += _of_unit(unit)
    for above, below in ((root, "file"), *((file, "unit") for file in root)):
        ids = [element.get("id") for element in above.iter(CORE + below)]
        if len(ids) != len(set(ids)):
            found.append(f"a {below} has the id of another")
    return found


def _faults(element: ElementTree.Element) -> list[str]:
    if element.tag.startswith(GLOSSARY):
        return []
    name = element.tag.removeprefix(CORE)
    if name not in _ATTRIBUTES:
        return [f"{name} is no element"]
    allowed = _ATTRIBUTES[name]
    found = [
        f"{name} has {key}={value!r}"
        for key, value in element.attrib.items()
        if not re.fullmatch(allowed.get(key, "(?!)"), value)
    ]
    found += [f"{name} lacks {key}" for key in _NEEDED.get(name, set()).difference(element.keys())]
    children = "".join(f"{child.tag.rpartition('}')[2]} " for child in element)
    if not re.fullmatch(_CHILDREN.get(name, ""), children):
        found.append(f"{name} has {children}")
    texts = [element.text, *(child.tail for child in element)]
    if name not in _MIXED and any(text and text.strip() for text in texts):
        found.append(f"{name} has text")
    return found


def _of_unit(unit: ElementTree.Element) -> list[str]:
    """Return what is wrong with references, and with the names of tags, within a unit."""
    data = [element.get("id") for element in unit.iter(f"{CORE}data")]
    found = ["data has the id of another"] if len(data) != len(set(data)) else []
    for part in ("source", "target"):
        for text in unit.iter(CORE + part):
            tags = [tag for tag in text.iter() if tag.tag in (f"{CORE}pc", f"{CORE}ph")]
            names = [tag.get("id") for tag in tags]
            if len(names) != len(set(names)):
                found.append(f"a tag of the {part} has the id of another")
            for tag in tags:
                wanted = [value for key, value in tag.attrib.items() if key.startswith("dataRef")]
                found += [f"{value} is no data" for value in wanted if value not in data]
    return found
