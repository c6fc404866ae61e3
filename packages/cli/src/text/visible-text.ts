/** Bold, dim and back to plain: what we write ourselves. */
const OWN_STYLE = '\u001b\\[(?:1|2|22)m'
/** Control characters but the line break, and those that turn the direction of a text around. */
const UNSEEN = '[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]'
const EITHER = new RegExp(`${OWN_STYLE}|${UNSEEN}`, 'g')

/** The text with every character written out that a terminal would obey instead of showing it, such as `\u001b`. */
export function visibleText(text: string): string {
  return text.replace(EITHER, (found) =>
    found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
