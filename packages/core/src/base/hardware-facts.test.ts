import { expect, test } from 'vitest'
import type { Hardware } from './hardware.ts'
import { HARDWARE } from './hardware-facts.ts'

function findHardware(id: string): Hardware | undefined {
  return HARDWARE.find((hardware) => hardware.id === id)
}

test('every accelerator has an id of its own, a source and a shape of at least one accelerator', () => {
  expect(new Set(HARDWARE.map(({ id }) => id)).size).toBe(HARDWARE.length)
  for (const { id, source, shape } of HARDWARE) {
    expect(id).toMatch(/^[a-z0-9-]+$/)
    expect(source).not.toBe('')
    expect(shape.acceleratorsPerNode).toBeGreaterThanOrEqual(1)
    expect(shape.nodesPerDomain).toBeGreaterThanOrEqual(1)
  }
})

test('domains are as large as their makers say', () => {
  const domain = (id: string): number | undefined => {
    const shape = findHardware(id)?.shape
    return shape && shape.acceleratorsPerNode * shape.nodesPerDomain
  }
  expect(domain('h100')).toBe(8)
  expect(domain('gb200-nvl72')).toBe(72)
  expect(domain('gb300-nvl72')).toBe(72)
  expect(domain('trainium2')).toBe(64)
  expect(domain('trainium3')).toBe(144)
  expect(domain('tpu-v5p')).toBe(8960)
  expect(domain('tpu-v6e')).toBe(256)
  expect(domain('tpu7x')).toBe(9216)
})

test('lower precision is never slower, and no sparse figure slipped in', () => {
  for (const { bf16DenseTflops, fp8DenseTflops, fp4DenseTflops } of HARDWARE) {
    if (bf16DenseTflops !== undefined && fp8DenseTflops !== undefined) {
      expect(fp8DenseTflops).toBeGreaterThanOrEqual(bf16DenseTflops)
      expect(fp8DenseTflops / bf16DenseTflops).toBeLessThan(2.1)
    }
    if (fp8DenseTflops !== undefined && fp4DenseTflops !== undefined) {
      expect(fp4DenseTflops).toBeGreaterThanOrEqual(fp8DenseTflops)
    }
  }
})

test('nothing is claimed of accelerators that are only announced', () => {
  for (const id of ['vera-rubin', 'mi450', 'trainium4', 'broadcom-custom', 'wafer-scale']) {
    const hardware = findHardware(id)
    expect(hardware?.confidence).toBe('L')
    expect(hardware?.hbmGb).toBeUndefined()
    expect(hardware?.bf16DenseTflops).toBeUndefined()
  }
})
