import { expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { whyWrongNode } from './node-version.mjs'

const root = folderOf({ 'package.json': { engines: { node: '>=20.19' } } })

test.each(['20.19.0', '20.20.2', '21.0.0', '100.1.0'])('Node %s is new enough', (version) => {
  expect(whyWrongNode(root, version)).toBeUndefined()
})

test.each(['20.18.9', '20.9.0', '18.20.0', '9.99.0'])(
  'Node %s is too old, and the message says what is needed',
  (version) => {
    expect(whyWrongNode(root, version)).toContain(`needs Node 20.19 or newer and this is Node ${version}`)
  },
)
