import { get } from 'node:http'
import type { Target } from '../live/load.ts'

/** Follows what happens, beside the page, and counts it. */
export function countEvents({ url, token }: Target): {
  readonly events: () => number
  readonly stop: () => void
} {
  let events = 0
  let rest = ''
  const asked = get(`${url}/v1/events`, { headers: { authorization: `Bearer ${token}` } }, (response) => {
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines)
        if (line.startsWith('data: ')) events += (JSON.parse(line.slice(6)) as readonly unknown[]).length
    })
  })
  asked.on('error', () => undefined)
  return { events: () => events, stop: () => asked.destroy() }
}
