import { SegmentedControl, Text, TextInput } from '@mantine/core'

/** What somebody says of a tranche. */
export interface Said {
  readonly what: 'delivered' | 'late'
  /** The day on which it was handed over. */
  readonly on: string
  /** The day on which it is now expected, and who says so. */
  readonly expected: string
  readonly source: string
}

interface TrancheFieldsProps {
  readonly said: Said
  readonly onSay: (said: Said) => void
}

/** Whether a tranche was handed over or comes later, and when. */
export function TrancheFields({ said, onSay }: TrancheFieldsProps) {
  return (
    <>
      <SegmentedControl
        aria-label="What happened"
        value={said.what}
        onChange={(value) => onSay({ ...said, what: value === 'late' ? 'late' : 'delivered' })}
        data={[
          { value: 'delivered', label: 'It was handed over' },
          { value: 'late', label: 'It comes later' },
        ]}
      />
      {said.what === 'delivered' ? (
        <DayInput label="Handed over on" value={said.on} onChange={(on) => onSay({ ...said, on })} />
      ) : (
        <>
          <DayInput
            label="Now expected on"
            value={said.expected}
            onChange={(expected) => onSay({ ...said, expected })}
          />
          <TextInput
            label="Who says so"
            description="Kept with the date as its source."
            value={said.source}
            onChange={(event) => onSay({ ...said, source: event.currentTarget.value })}
          />
        </>
      )}
      <Text size="sm" c="dimmed">
        {said.what === 'delivered'
          ? 'Its machines are there from then on, and work is placed on them.'
          : 'Its machines are not there before. What is promised stays as it is.'}
      </Text>
    </>
  )
}

interface DayInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function DayInput({ label, value, onChange }: DayInputProps) {
  return (
    <TextInput
      type="date"
      required
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
