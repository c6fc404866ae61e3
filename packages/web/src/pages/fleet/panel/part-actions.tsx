import { ActionIcon, Menu } from '@mantine/core'
import { drainPart } from '@offtake/contract/api/pool-routes'
import { IconDotsVertical } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../../../session/session.ts'
import { DeedDialog } from './deed-dialog.tsx'
import { type Part, partText } from './part.ts'
import { DEED_TEXTS, DEEDS, type Deed } from './part-changes.ts'

interface PartActionsProps {
  readonly part: Part
  /** Who holds something of it. */
  readonly jobs: readonly string[]
}

/** What an operator may do with a part of the fleet. */
export function PartActions({ part, jobs }: PartActionsProps) {
  const [deed, setDeed] = useState<Deed>()
  // One role may do all three.
  if (!useMay(drainPart)) return null
  return (
    <>
      <Menu position="bottom-end" width={150} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`What can be done with ${partText(part)}`}>
            <IconDotsVertical size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {DEEDS.map((one) => (
            <Menu.Item key={one} onClick={() => setDeed(one)}>
              {DEED_TEXTS[one].label}…
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {deed !== undefined && (
        <DeedDialog deed={deed} part={part} jobs={jobs} onClose={() => setDeed(undefined)} />
      )}
    </>
  )
}
