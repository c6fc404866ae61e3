/** A link of a page: where it leads and on which line it stands. */
export interface Link {
  readonly target: string
  readonly line: number
}

export interface Heading {
  readonly level: number
  readonly text: string
  readonly line: number
}

const INLINE = /\]\(\s*<?([^\s)>]+)>?(?:\s+["'(][^)]*)?\)/g
const REFERENCE = /^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/
const HTML = /\b(?:src|href)="([^"]+)"/g

export function linksOf(page: string): readonly Link[] {
  return proseLines(page).flatMap(({ text, line }) => {
    const spoken = text.replace(/`[^`]*`/g, '')
    const found = [...spoken.matchAll(INLINE), ...spoken.matchAll(HTML)].map((match) => match[1] ?? '')
    const reference = REFERENCE.exec(spoken)?.[1]
    return [...found, ...(reference === undefined ? [] : [reference])].map((target) => ({ target, line }))
  })
}

export function headingsOf(page: string): readonly Heading[] {
  return proseLines(page).flatMap(({ text, line }) => {
    const match = /^(#{1,6})\s+(.+?)\s*#*\s*$/.exec(text)
    return match ? [{ level: match[1]?.length ?? 0, text: match[2] ?? '', line }] : []
  })
}

/** The anchors that a page's headings get where it is shown: lower case, hyphens for spaces, no punctuation, numbered on repeat. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const counts = new Map<string, number>()
  return new Set(
    headingsOf(page).map(({ text }) => {
      const slug = slugOf(text)
      const before = counts.get(slug) ?? 0
      counts.set(slug, before + 1)
      return before === 0 ? slug : `${slug}-${before}`
    }),
  )
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

/** The lines outside of fenced and indented blocks of code. */
function proseLines(page: string): readonly { readonly text: string; readonly line: number }[] {
  let fence: string | undefined
  return page.split('\n').flatMap((text, at) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(text)?.[1]
    if (mark !== undefined) {
      if (fence === undefined) fence = mark
      else if (mark.startsWith(fence)) fence = undefined
      return []
    }
    if (fence !== undefined || /^ {4}(?! *(?:[-*+]|\d+\.) )/.test(text)) return []
    return [{ text, line: at + 1 }]
  })
}
