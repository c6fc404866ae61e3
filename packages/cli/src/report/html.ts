/** Markup that may stand in a page as it is. */
export interface Html {
  readonly markup: string
}

type Content = Html | string | number | undefined | readonly Content[]

/** Markup from a template: whatever is put into it is text, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const parts = strings.map((string, n) => string + (n < contents.length ? markupOf(contents[n]) : ''))
  return { markup: parts.join('') }
}

/** Markup that was written by us, such as a style sheet. */
export function trusted(markup: string): Html {
  return { markup }
}

/** Data for a script element: nothing in it can end the element. */
export function embedded(data: unknown): Html {
  return trusted(JSON.stringify(data).replaceAll('<', '\\u003c'))
}

function markupOf(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content))
  if ('markup' in content) return content.markup
  return content.map(markupOf).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
