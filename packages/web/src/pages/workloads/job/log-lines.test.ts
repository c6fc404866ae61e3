import { expect, test } from 'vitest'
import { LogLines } from './log-lines.ts'

function saying(...pieces: string[]): LogLines {
  const lines = new LogLines()
  for (const piece of pieces) lines.append(piece)
  return lines
}

const all = (lines: LogLines) => lines.slice(0, lines.count)

test('lines that come in pieces are whole, and the last may go on', () => {
  const lines = saying('on', 'e\ntw', 'o\nthr')
  expect(all(lines)).toEqual(['one', 'two', 'thr'])
  lines.append('ee\n')
  expect(all(lines)).toEqual(['one', 'two', 'three'])
})

test('what a terminal would write over is gone, and so are its colours', () => {
  expect(all(saying('1%\r50%\r100%\r\n\u001b[31mred\u001b[0m end\n'))).toEqual(['100%', 'red end'])
})

test('of too many lines the first are gone, and counted', () => {
  const lines = saying(...Array.from({ length: 11 }, (_, n) => `${n}\n`.repeat(10_000)))
  expect(lines.count).toBeLessThanOrEqual(100_000)
  expect(lines.count + lines.gone).toBe(110_000)
  expect(lines.slice(lines.count - 1, lines.count)).toEqual(['10'])
})

test('a line without end takes no room without end', () => {
  const lines = saying(...Array.from({ length: 100 }, () => 'x'.repeat(10_000)))
  expect(lines.slice(0, 1)[0]?.length).toBe(2_001)
})
