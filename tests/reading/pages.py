"""Pages for tests, read by a small contract in three languages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leitfaden.checking.engine import check_page
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import diagnostic
from leitfaden.contract import parse_contract
from leitfaden.model import Defect, DefectKind, Diagnostic, Label, Page, Task, TermUse
from leitfaden.reading import PageReader

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

CONTRACT = parse_contract(
    """\
source: en
locales:
  en:
    name: English
    dates: "%m/%d/%Y"
    requirement: {mandatory: M, optional: O}
    separators: [" / ", "/", ",", ";", " & ", " and "]
  de:
    name: Deutsch
    dates: "%d.%m.%Y"
    requirement: {mandatory: E, optional: O}
    legacy-suffixes: [-de]
    separators: [" / ", "/", ",", ";", " & ", " und "]
  ja:
    name: 日本語
    dates: "%Y-%m-%d"
    requirement: {mandatory: 必, optional: 任}
    separators: ["、", "\uff1b", "/"]
dates: ["%m/%d/%Y", "%m/%d/%y", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"]
kinds:
  home: {pages: [index]}
  process: {pages: ["assess-*"]}
  guidance: {pages: ["*"]}
labels:
  phase: {en: Phase, de: Phase, ja: フェーズ, vocabulary: phases}
  motions: {en: Motions, de: Konzepte, ja: 構想, vocabulary: motions}
  primary-role:
    en: Primary Role
    de: Primäre Rolle
    ja: 主な役割
    vocabulary: roles
    aliases: {en: [Primary Roles, Primary Role(s)], de: [Primäre Rollen, Primäre Rolle(n)]}
  secondary-role:
    en: Secondary Role
    de: Sekundäre Rolle
    ja: 副次的な役割
    vocabulary: roles
    aliases: {de: [Sekundäre Rollen]}
  applies-to: {en: Applies To, de: Gilt für, ja: 適用対象, vocabulary: services}
sections:
  overview: {en: Overview, de: Übersicht, ja: 概要}
  objectives: {en: Objectives, de: Ziele, ja: 目的}
  approach: {en: Approach, de: Methode, ja: 方法, aliases: {de: [Ansatz]}}
  ftop-tasks: {en: FTOP Tasks, de: FTOP-Aufgaben, ja: FTOPタスク, level: 4, within: approach}
  update-summary: {en: Refresh Summary, de: Zusammenfassung der Aktualisierung, ja: 更新の概要}
columns:
  task-id: {en: Task ID, de: Aufgaben-ID, ja: タスクID}
  task-name:
    en: Task Name
    de: Name der Aufgabe
    ja: タスク名
    aliases: {en: [Task Description], de: [Aufgabenbeschreibung, Titel]}
  requirement: {en: (M)andatory / (O)ptional, de: (E) Erforderlich (O) Optional, ja: 区分}
  role: {en: FastTrack Role, de: FastTrack-Rolle, ja: 役割}
  services: {en: Services, de: Dienste, ja: サービス}
  change-date: {en: Date, de: Datum, ja: 日付}
  changed-by: {en: Who Changed, de: Geändert durch, ja: 変更者}
  change: {en: What Changed, de: Änderung an, ja: 変更点, aliases: {de: [Änderung von]}}
  change-notes: {en: Notes, de: Notizen, ja: 備考}
requirements:
  mandatory: {en: Mandatory, de: Erforderlich, ja: 必須}
  optional: {en: Optional, de: Optional, ja: 任意}
phases:
  initiate: {en: Initiate, de: Einleitung, ja: 開始, aliases: {de: [Start]}}
  assess: {en: Assess, de: Analyse, ja: 評価}
motions:
  customer-health: {en: Customer Health, de: Kundenintegrität, ja: 顧客の健全性}
  rfa: {en: RFA, de: RFA, ja: RFA}
  targeting: {en: Targeting, de: Adressierung, ja: ターゲット}
roles:
  manager: {en: FastTrack Manager, de: FastTrack Manager, ja: マネージャー, aliases: {en: [FM]}}
  engineer:
    en: FastTrack Engineer
    de: FastTrack Engineer
    ja: エンジニア
    aliases: {en: [FE]}
    deprecated: {de: [FastTrack-Entwickler]}
  partner: {en: FastTrack Ready Partner, de: Qualifizierter FastTrack-Partner, ja: パートナー}
services:
  all: {en: All Services, de: Alle Dienste, ja: すべてのサービス}
  exchange: {en: Exchange, de: Exchange, ja: Exchange}
  sharepoint: {en: SharePoint, de: SharePoint, ja: SharePoint}
  teams: {en: Teams, de: Teams, ja: Teams}
  windows-10: {en: Windows 10, de: Windows 10, ja: Windows 10}
  classroom-sds: {en: Classroom/SDS, de: Classroom/SDS, ja: Classroom/SDS}
  apps: {en: Microsoft 365 Apps, de: Microsoft 365 Apps, ja: Microsoft 365 Apps,
    deprecated: {en: [Office ProPlus], de: [Office ProPlus]}}
""",
    "playbook.yml",
)
READER = PageReader(CONTRACT)


def read(content: str | bytes, locale: str = "en", page_id: str = "assess-it") -> Page:
    """Read a page."""
    data = content.encode() if isinstance(content, str) else content
    return READER.read(data, path=f"docs/{locale}/{page_id}.md", locale=locale, page_id=page_id)


def kinds(defects: Iterable[Defect]) -> list[DefectKind]:
    """Return what is wrong."""
    return [defect.kind for defect in defects]


def labels(page: Page) -> list[Label]:
    """Return all labels of a page."""
    return [label for block in page.label_blocks for label in block.labels]


def said(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the labels of a page say: each label's key and those of its values."""
    return [(label.key, label.keys) for label in labels(page)]


def label_defects(page: Page) -> list[DefectKind]:
    """Return what is wrong with the labels of a page."""
    return kinds(defect for label in labels(page) for defect in label.defects)


def stated(task: Task) -> tuple[str, str, str | None, tuple[str, ...], tuple[str, ...]]:
    """Return what a row says about a task."""
    return task.id, task.name.text, task.requirement, task.role_keys, task.service_keys


def forms(uses: Iterable[TermUse]) -> list[tuple[str | None, str, str]]:
    """Return for each term its key, the form and the locale of its spelling."""
    return [(use.key, use.form, use.locale) for use in uses]


def diagnostics_of(page: Page) -> list[Diagnostic]:
    """Return what is told of a page that cannot be read whole."""
    facts, found = check_page(page, CONTRACT)
    rules = all_rules()
    return [
        diagnostic(rules[code], finding, facts)
        for code, finding in found
        if code in ("LF101", "LF102", "LF103", "LF104", "LF105")
    ]
