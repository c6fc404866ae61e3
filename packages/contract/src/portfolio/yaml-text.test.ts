import { expect, test } from 'vitest'
import { readYaml, type YamlText } from './yaml-text.ts'

function problemsOf(text: string): string[] {
  const result = readYaml('a.yaml', text)
  return result.ok ? [] : result.problems.map(({ line, column, code }) => `${line}:${column} ${code}`)
}

function read(text: string): YamlText {
  const result = readYaml('a.yaml', text)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

function placeOf(text: string, ...path: (string | number)[]): string {
  const { line, column } = read(text).problemAt(path, 'wrongType', '')
  return `${line}:${column}`
}

const TEXT = `# a comment
a: 1
b:
  - c: &shared
      d: [1, 22, 333]
  - e: *shared
f:
`

test('every value has its place, also through lists and aliases', () => {
  expect(placeOf(TEXT, 'a')).toBe('2:4')
  expect(placeOf(TEXT, 'b', 0, 'c', 'd', 2)).toBe('5:18')
  expect(placeOf(TEXT, 'b', 1, 'e')).toBe('6:8')
  expect(placeOf(TEXT, 'b', 1, 'e', 'd', 1)).toBe('5:14')
})

test('what is not there has the place of its closest holder, and what is empty that of its name', () => {
  expect(placeOf(TEXT, 'b', 0, 'c', 'missing')).toBe('5:7')
  expect(placeOf(TEXT, 'b', 7, 'x')).toBe('4:3')
  expect(placeOf(TEXT, 'f')).toBe('7:1')
  expect(placeOf(TEXT)).toBe('2:1')
})

test('the name of a field has a place of its own', () => {
  const { line, column } = read(TEXT).problemAtField(['b', 0, 'c', 'd'], 'unknownField', '')
  expect(`${line}:${column}`).toBe('5:7')
})

test('lines count the same whether they end as on Windows or not', () => {
  expect(placeOf(TEXT.replaceAll('\n', '\r\n'), 'b', 0, 'c', 'd', 2)).toBe('5:18')
})

test('broken YAML names each place that is broken', () => {
  expect(problemsOf('a: [1\nb: 2')).toEqual(['2:1 brokenYaml'])
  expect(problemsOf('a: "x')).toEqual(['1:6 brokenYaml'])
  expect(problemsOf('a:\n\tb: 1')).toEqual(['2:1 brokenYaml'])
  expect(problemsOf('a: 1\n---\nb: 2')).toEqual(['2:1 brokenYaml'])
  expect(problemsOf('a: !!binary aGk=')).toEqual(['1:4 brokenYaml'])
  expect(problemsOf('a: *nobody')).toEqual(['1:4 brokenYaml'])
  expect(problemsOf('? [a, b]\n: 1')).toEqual(['1:3 brokenYaml'])
})

test('a field that is written twice is named each further time', () => {
  expect(problemsOf('a: 1\nb: { c: 1, c: 2 }\na: 2\na: 3')).toEqual([
    '2:12 duplicateField',
    '3:1 duplicateField',
    '4:1 duplicateField',
  ])
})

test('a file with nothing but comments is empty', () => {
  for (const text of ['', '\n\n', '# nothing\n', '---\n...\n', '~'])
    expect(problemsOf(text)).toEqual(['1:1 emptyFile'])
})

test('aliases that double at every level stop the reader early', () => {
  const names = 'abcdefghijklmnop'.split('')
  const bomb = names.map((name, at) =>
    at === 0 ? `${name}: &${name} [x, x]` : `${name}: &${name} [*${names[at - 1]}, *${names[at - 1]}]`,
  )
  expect(problemsOf(bomb.join('\n'))).toHaveLength(1)
  expect(problemsOf(bomb.join('\n'))[0]).toMatch(/tooManyAliases$/)
  expect(problemsOf('a: &a [*a]')).toEqual(['1:7 tooDeep'])
})

test('text that nests without end stops the reader before it begins', () => {
  for (const text of [
    '['.repeat(100_000),
    '{a: '.repeat(100_000),
    '- '.repeat(100_000),
    '? '.repeat(100_000),
    Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  ])
    expect(problemsOf(text)).toEqual(['1:1 tooDeep'])
  expect(problemsOf(`${'['.repeat(60)}${']'.repeat(60)}`)).toEqual([])
})

test('names of the language itself become plain fields, and change no prototype', () => {
  const value = read('__proto__: { polluted: true }\nconstructor: 1').value
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})
