import { readFile } from 'node:fs/promises'
import { topologiesOf } from '@offtake/core/capacity/listed-topology'
import { acceleratorsIn } from '@offtake/core/capacity/topology'
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import { testOnRealData } from '../testing/real-data.ts'

interface Host {
  readonly ip: string
  readonly DSW: string
  readonly PSW: string
  readonly ASW: string
}

testOnRealData(
  'the switches of a real cluster become its domains and blocks, and no host is lost',
  'lingjun-topology/topo.csv',
  async (path) => {
    const hosts: Host[] = parse(await readFile(path, 'utf8'), { columns: true })
    const found = topologiesOf(
      hosts.map(({ ip, DSW, PSW, ASW }) => ({
        site: DSW,
        block: PSW,
        domain: ASW,
        node: ip,
        accelerators: 8,
      })),
    )
    const sites = found.ok ? found.value : []
    expect(sites.map(({ nodes }) => nodes.length)).toEqual([847])
    const groups = sites.flatMap((site) => site.groups)
    expect(acceleratorsIn(groups)).toBe(847 * 8)
    expect(groups.filter(({ continuesBlock }) => !continuesBlock).length).toBe(3)
    const places = new Set(hosts.map(({ PSW, ASW }) => `${PSW}/${ASW}`))
    expect(groups.reduce((sum, { domains }) => sum + domains, 0)).toBe(places.size)
  },
)
