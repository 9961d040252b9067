"""What the schemas of XLIFF 2.1 say of the elements that we write, as a table.

Each element has the attributes that it may have and must have, and its children in their order.
Beside that stand the constraints of the specification that no schema of this kind can express.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
GLOSSARY = "{urn:oasis:names:tc:xliff:glossary:2.0}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NMTOKEN = r"[\w.:-]+"
_LANGUAGE = "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
# A sign may only be told by its number where XML cannot hold it.
_NO_XML = "00(?:0[0-8BCEF]|1[0-9A-F])|D[89A-F][0-9A-F]{2}|FFF[EF]"
_YES_NO = "yes|no"
_INLINE = {
    "id": _NMTOKEN,
    "canCopy": _YES_NO,
    "canDelete": _YES_NO,
    "type": "fmt|ui|quote|link|image|other",
    "subType": r"[^\s:]+:[^\s:]+",
}
_ATTRIBUTES = {
    "xliff": {"version": r"2\.1", "srcLang": _LANGUAGE, "trgLang": _LANGUAGE},
    "file": {"id": _NMTOKEN, "original": ".*", _SPACE: "preserve|default"},
    "unit": {"id": _NMTOKEN, "name": ".*"},
    "notes": {},
    "note": {"category": ".*"},
    "originalData": {},
    "data": {"id": _NMTOKEN},
    "segment": {"state": "initial|translated|reviewed|final"},
    "source": {},
    "target": {},
    "cp": {"hex": _NO_XML},
    "ph": {**_INLINE, "dataRef": _NMTOKEN},
    "pc": {**_INLINE, "dataRefStart": _NMTOKEN, "dataRefEnd": _NMTOKEN},
    "glossary": {},
    "glossEntry": {},
    "term": {},
    "translation": {},
}
_NEEDED = {
    "xliff": {"version", "srcLang", "trgLang"},  # the last one because we write targets
    "file": {"id"},
    "unit": {"id"},
    "data": {"id"},
    "cp": {"hex"},
    "ph": {"id"},
    "pc": {"id", "dataRefStart", "dataRefEnd"},
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
    "glossary": "(?:glossEntry )+",
    "glossEntry": "term (?:translation )+",
}
_MIXED = frozenset(("note", "data", "source", "target", "pc", "term", "translation"))
_GLOSSARY = frozenset(("glossary", "glossEntry", "term", "translation"))
_FINISHED = frozenset(("translated", "reviewed", "final"))
_FORMATS = frozenset(("xlf:lb", "xlf:pb", "xlf:b", "xlf:i", "xlf:u"))


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
    name = element.tag.rpartition("}")[2]
    if name not in _ATTRIBUTES or element.tag != (GLOSSARY if name in _GLOSSARY else CORE) + name:
        return [f"{element.tag} is no element"]
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
    (segment,) = unit.iter(f"{CORE}segment")
    ours, theirs = (_tags(segment.find(CORE + part)) for part in ("source", "target"))
    for part, tags in (("source", ours), ("target", theirs)):
        names = [tag.get("id") for tag in tags]
        if len(names) != len(set(names)):
            found.append(f"a tag of the {part} has the id of another")
        for tag in tags:
            wanted = [value for key, value in tag.attrib.items() if key.startswith("dataRef")]
            found += [f"{value} is no data" for value in wanted if value not in data]
            kind, detail = tag.get("type"), tag.get("subType", "")
            if detail.startswith("xlf:") and (kind != "fmt" or detail not in _FORMATS):
                found.append(f"{kind} is no {detail}")
    return found + _of_target(segment, ours, theirs)


def _of_target(
    segment: ElementTree.Element,
    ours: list[ElementTree.Element],
    theirs: list[ElementTree.Element],
) -> list[str]:
    """Return what a target does not have in common with its source, though it should."""
    found = []
    state = segment.get("state", "initial")
    if state in _FINISHED and segment.find(f"{CORE}target") is None:
        found.append(f"{state} without a target")
    elements = {tag.get("id"): tag for tag in ours}
    for tag in theirs:
        same = elements.pop(tag.get("id"), None)
        if same is not None and (same.tag, _hints(same)) != (tag.tag, _hints(tag)):
            found.append(f"{tag.get('id')} is another element in the source")
    if state == "final":
        kept = [name for name, tag in elements.items() if tag.get("canDelete") == "no"]
        found += [f"{name} may not be deleted" for name in kept]
    return found


def _tags(text: ElementTree.Element | None) -> list[ElementTree.Element]:
    every = text.iter() if text is not None else ()
    return [tag for tag in every if tag.tag in (f"{CORE}pc", f"{CORE}ph")]


def _hints(tag: ElementTree.Element) -> list[str | None]:
    return [tag.get(key) for key in ("canCopy", "canDelete", "type", "subType")]
