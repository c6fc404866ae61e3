import { type Code, walk } from './code.ts'
import { isTest } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const GLOSSARY = 'GLOSSARY.md'

/** Every term of the glossary (`- **Term**: …`) is a word of the code: of a name, a tag or a file name. */
export function glossary(repository: Repository): readonly Violation[] {
  if (!repository.has(GLOSSARY)) return [{ path: GLOSSARY, line: 1, says: 'is missing' }]
  const spoken = repository.code
    .filter(({ path }) => path.startsWith('packages/') && !isTest(path))
    .flatMap(phrasesOf)
  const vocabulary = new Set(spoken)
  const isSpoken = (term: string) => [...vocabulary].some((phrase) => phrase.includes(` ${inWords(term)} `))
  return termsOf(repository.text(GLOSSARY))
    .filter(({ term }) => !isSpoken(term))
    .map(({ term, line }) => ({ path: GLOSSARY, line, says: `no name in the code says '${term}'` }))
}

function termsOf(page: string): readonly { readonly term: string; readonly line: number }[] {
  return page.split('\n').flatMap((text, at) => {
    const term = /^- \*\*(.+?)\*\*/.exec(text)?.[1]
    return term === undefined ? [] : [{ term, line: at + 1 }]
  })
}

function phrasesOf(code: Code): readonly string[] {
  const found = [` ${inWords(code.path.replace(/\.\w+$/, ''))} `]
  walk(code.program, (node) => {
    if (node.type === 'Identifier') found.push(` ${inWords(node.name)} `)
    if (node.type === 'Literal' && typeof node.value === 'string' && /^[\w-]+$/.test(node.value))
      found.push(` ${inWords(node.value)} `)
    return undefined
  })
  return found
}

/** `takeOrPay`, `take-or-pay` and `Take-or-pay` are the same words: `take or pay`. */
function inWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()
}
