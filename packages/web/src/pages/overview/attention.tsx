import { Skeleton, Text } from '@mantine/core'
import type { AttentionItem } from '@offtake/contract/api/attention-routes'
import { IconAlertCircle, IconClock, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { amountText } from '../../parts/number-text.ts'
import classes from './attention.module.css'

const FIRST = 6

const LOOKS = {
  urgent: { icon: IconAlertCircle, label: 'Urgent' },
  soon: { icon: IconClock, label: 'Soon' },
  notice: { icon: IconInfoCircle, label: 'Good to know' },
} as const

/** What needs a person, the most urgent first. */
export function Attention({ items }: { readonly items: readonly AttentionItem[] | undefined }) {
  const [showsAll, setShowsAll] = useState(false)
  if (!items) return <Skeleton h={120} />
  if (items.length === 0)
    return <Empty title="Nothing does">Nothing is late, closes, waits for approval or is broken.</Empty>
  const shown = showsAll ? items : items.slice(0, FIRST)
  return (
    <div className={classes.frame}>
      <ul className={classes.list}>
        {shown.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {items.length > FIRST && (
        <button
          type="button"
          className={classes.more}
          onClick={() => setShowsAll(!showsAll)}
          aria-expanded={showsAll}
        >
          {showsAll ? 'Show the first alone' : `Show ${items.length - FIRST} more`}
        </button>
      )}
    </div>
  )
}

function Item({ item: { severity, text, due, amount, currency, yours } }: { readonly item: AttentionItem }) {
  const { icon: Icon, label } = LOOKS[severity]
  return (
    <li className={classes.item} data-severity={severity}>
      <Icon size={18} stroke={1.7} aria-label={label} className={classes.icon} />
      <Text size="sm" component="span" className={classes.text}>
        {text}
        {yours && <span className={classes.yours}>for you</span>}
      </Text>
      <Text size="sm" component="span" className={classes.amount}>
        {amount !== null && currency !== null ? amountText(amount, currency, 'short') : ''}
      </Text>
      <Text size="sm" c="dimmed" component="span" className={classes.due}>
        {due !== null && <Moment at={due} as="relative" />}
      </Text>
    </li>
  )
}
