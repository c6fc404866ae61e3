import type { FileText } from '@offtake/contract/portfolio/file-texts'
import type { Prng } from '@offtake/core/base/prng'
import { uglyValue } from './json-sample.ts'

/** What stands in the place of a word of YAML or of a cell. */
const ODD_WORDS: readonly string[] = [
  ...[
    '0',
    '-1',
    '1e308',
    '1e400',
    '.nan',
    '-.inf',
    '0x1F',
    '9007199254740993',
    '99999999999999999999bn',
    '101%',
  ],
  ...[
    'null',
    '~',
    'true',
    '""',
    '[]',
    '{}',
    '[[[[]]]]',
    '!!binary aa',
    '!!js/function x',
    '&a [*a, *a]',
    '<<: *a',
  ],
  ...['2026-02-30', '0000-00-00', '9999-12-31', '275760-09-14', '99999999d', '-5h', 'P1Y'],
  ...[
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '/etc/passwd',
    "'; drop table job; --",
    '|',
    '>-',
    '---',
  ],
  ...['\0', '\ud800', '\uFEFF', '\u2028', '\u202e', '💥', '\t', '\r', '"', "'", '\\', ': ', '# '],
]

const ODD_PATHS: readonly string[] = [
  ...[
    '../offtake.yaml',
    '../../etc/passwd',
    '/etc/passwd',
    'agreements/../offtake.yaml',
    'agreements/../../x.yaml',
  ],
  ...[
    'agreements\\x.yaml',
    'agreements/.hidden.yaml',
    'agreements//x.yaml',
    'agreements/x.yaml/',
    './offtake.yaml',
  ],
  ...[
    'agreements/x\0.yaml',
    'agreements/x\n.yaml',
    'agreements/\ud800.yaml',
    'agreements/%2e%2e%2fx.yaml',
    'OFFTAKE.YAML',
  ],
  ...[
    'agreements',
    'agreements/',
    'offtake.yaml ',
    'offtake.yml',
    'prices/x.yaml',
    'agreements/x.csv',
    'nowhere/x.yaml',
  ],
  ...[
    '',
    ' ',
    '.',
    '..',
    '__proto__',
    `agreements/${'x'.repeat(600)}.yaml`,
    `${'agreements/a/'.repeat(35)}x.yaml`,
  ],
]

/** Doubles what it names nine times over: its text is short and what it stands for is not. */
const LAUGHS = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`)
const BOMB = `l0: &l0 [x]\n${LAUGHS.join('\n')}\n`

function one<Of>(of: readonly Of[], chance: Prng): Of {
  const found = of[chance.below(of.length)]
  if (found === undefined) throw new Error('one of none')
  return found
}

/** A text with one thing done to it that a hand, an editor or a program might have done. */
export function spoiltText(text: string, chance: Prng): string {
  const lines = text.split('\n')
  const line = chance.below(lines.length)
  const words = text.split(/(\s+|[{}[\],:])/)
  const word = chance.below(words.length)
  const at = chance.below(text.length + 1)
  const odd = one(ODD_WORDS, chance)
  return one(
    [
      () => words.with(word, odd).join(''),
      () => words.with(word, odd).join(''),
      () => words.toSpliced(word, 1).join(''),
      () => lines.toSpliced(line, 1).join('\n'),
      // The same key twice.
      () => lines.toSpliced(line, 0, lines[line] ?? '').join('\n'),
      () => lines.toSpliced(line, 0, `unheardOf: ${odd}`).join('\n'),
      () => lines.toSpliced(line, 0, lines[chance.below(lines.length)] ?? '').join('\n'),
      () =>
        text.replace(/\d+/g, (digits) =>
          chance.below(8) === 0 ? digits.repeat(1 + chance.below(30)) : digits,
        ),
      () => `${text}# ${at}\n`,
      () => `# ${at}\n${text}`,
      () => text.slice(0, at),
      () => text.slice(0, at) + odd + text.slice(at),
      () => text.replaceAll('\n', '\r\n'),
      // UTF-8 that was read as Latin-1, and the other way.
      () => Buffer.from(`é${text}`, 'utf8').toString('latin1'),
      () => Buffer.from(`é${text}`, 'latin1').toString('utf8'),
      () => `${text}${BOMB}`,
      () => `${text}${'- '.repeat(20_000)}`,
      () => `deep: ${'['.repeat(5_000)}`,
      () => '',
    ],
    chance,
  )()
}

/** The files with something done to one or two of them, or to their names. */
export function spoiltFiles(files: readonly FileText[], chance: Prng): FileText[] {
  const spoilt = [...files]
  for (let n = 0; n <= chance.below(2); n++) {
    const at = chance.below(spoilt.length)
    const file = spoilt[at]
    if (!file) break
    const { path, text } = file
    const other = one(files, chance)
    one(
      [
        () => spoilt.splice(at, 1, { path, text: spoiltText(text, chance) }),
        () => spoilt.splice(at, 1, { path, text: spoiltText(text, chance) }),
        () => spoilt.splice(at, 1, { path, text: spoiltText(text, chance) }),
        () => spoilt.splice(at, 1, { path: one(ODD_PATHS, chance), text }),
        () => spoilt.push({ path: one(ODD_PATHS, chance), text }),
        () => spoilt.push({ path: `copies/${path}`, text }),
        () => spoilt.push({ path: path.replace(/[^/]+$/, 'copy-of-$&'), text }),
        () => spoilt.push(file),
        () => spoilt.splice(at, 1, { path, text: other.text }),
        () => spoilt.splice(at, 1),
      ],
      chance,
    )()
  }
  return spoilt
}

/** A value with one thing of it, however deep, exchanged, left out, doubled or added. */
export function spoiltValue(value: unknown, chance: Prng): unknown {
  if (Array.isArray(value) && value.length > 0 && chance.below(5) > 0) {
    const at = chance.below(value.length)
    if (chance.below(6) === 0) return value.toSpliced(at, 1)
    if (chance.below(6) === 0) return [...value, value[at]]
    return value.with(at, spoiltValue(value[at], chance))
  }
  if (isRecord(value) && chance.below(6) > 0) {
    const names = Object.keys(value)
    if (names.length === 0 || chance.below(8) === 0) return { ...value, unheardOf: uglyValue(chance) }
    const name = one(names, chance)
    if (chance.below(6) > 0) return { ...value, [name]: spoiltValue(value[name], chance) }
    const { [name]: _, ...rest } = value
    return rest
  }
  return otherwise(value, chance)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of another type, or much larger, or something that nobody means. */
function otherwise(value: unknown, chance: Prng): unknown {
  switch (chance.below(6)) {
    case 0:
      return [value]
    case 1:
      return { value }
    case 2:
      return typeof value === 'string' ? `${value}${one(ODD_WORDS, chance)}` : String(value)
    case 3:
      return typeof value === 'number' ? -value * 1e15 : 2 ** 53
    case 4:
      return one(ODD_WORDS, chance)
    default:
      return uglyValue(chance)
  }
}

/** JSON as bytes, and now and then not quite JSON, or not quite bytes of it. */
export function spoiltBytes(json: string, chance: Prng): Buffer {
  const at = chance.below(json.length + 1)
  switch (chance.below(14)) {
    case 0:
      return Buffer.from(json.slice(0, at))
    case 1:
      return Buffer.from(json, 'utf16le')
    case 2:
      return Buffer.concat([
        Buffer.from(json.slice(0, at)),
        Buffer.from([0xff, 0xfe, 0x00]),
        Buffer.from(json.slice(at)),
      ])
    case 3:
      // Each field twice: the later one counts.
      return Buffer.from(json.replace(/^\{/, `{${json.slice(1, -1)},`))
    case 4:
      return Buffer.from(json.replace(/^\{/, '{"__proto__":{"admin":true},'))
    case 5:
      return Buffer.from(`${'['.repeat(100_000)}`)
    default:
      return Buffer.from(json)
  }
}
