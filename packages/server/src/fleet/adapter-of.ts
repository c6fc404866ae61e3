import { THIS_MACHINE } from '../this-machine.ts'

/** What makes gangs run, as far as a reader is told. */
export interface AdapterView {
  readonly kind: 'local' | 'fake'
  readonly isSimulated: boolean
}

const LOCAL: AdapterView = { kind: 'local', isSimulated: false }
const FAKE: AdapterView = { kind: 'fake', isSimulated: true }

/** What runs the gangs of a pool: processes on the machine itself, a simulation in every other. */
export function adapterOf(poolId: string): AdapterView {
  return poolId === THIS_MACHINE.id ? LOCAL : FAKE
}
