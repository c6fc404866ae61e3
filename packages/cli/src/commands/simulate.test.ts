import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const FLEET = `pools:
  - { provider: own, hardware: gpu, nodes: [{ domains: 2, acceleratorsPerNode: 8 }] }
`
const TRACE = `id,submitted,duration,accelerators,sizes,movable
grows,0,2h,4,4|8,any
plain,60,1h,8,,
`

async function simulate(dir: string, ...more: string[]) {
  const files = ['--fleet', join(dir, 'fleet.yaml'), '--trace', join(dir, 'jobs.csv')]
  return runOfftake(['simulate', ...files, ...more])
}

test('changes of size are counted where a gang is elastic, and not named where none is', () =>
  inFolder({ 'fleet.yaml': FLEET, 'jobs.csv': TRACE }, async (dir) => {
    expect(JSON.parse((await simulate(dir, '--json')).out)).toMatchObject({ finished: 2, resizes: 1 })
    expect((await simulate(dir)).out).toMatch(/^changes of size +1$/m)
  }))

test('what a fleet says beside its machines is passed over, and that is told', () =>
  inFolder(
    {
      'fleet.yaml': `${FLEET}upkeep: [{ hardware: gpu, sparesPerDomain: 1 }]\n`,
      'jobs.csv': TRACE.replaceAll('4|8', ''),
    },
    async (dir) => {
      const { code, out, err } = await simulate(dir, '--json')
      expect(code).toBe(0)
      expect(err).toContain('take part in a portfolio alone')
      expect(JSON.parse(out)).not.toHaveProperty('resizes')
    },
  ))
