import { Skeleton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { styleNonce } from '../../app/style-nonce.ts'
import type { Guidance, YamlEngine } from './engine.ts'
import classes from './yaml-editor.module.css'

interface YamlEditorProps extends Guidance {
  readonly label: string
  /** What it begins with. */
  readonly text: string
  readonly onChange: (text: string) => void
}

/** An editor of YAML, whose library is loaded when the first one is shown. */
export function YamlEditor({ label, text, onChange, schema, known, problems }: YamlEditorProps) {
  const frame = useRef<HTMLDivElement>(null)
  const begins = useRef({ label, text, onChange })
  begins.current.onChange = onChange
  const [engine, setEngine] = useState<YamlEngine>()
  useEffect(() => {
    let made: YamlEngine | undefined
    let isGone = false
    void import('./engine.ts').then(({ YamlEngine: Engine }) => {
      if (isGone || !frame.current) return
      const { label: name, text: first } = begins.current
      const tell = (said: string): void => begins.current.onChange(said)
      made = new Engine({
        parent: frame.current,
        text: first,
        label: name,
        nonce: styleNonce(),
        onChange: tell,
      })
      setEngine(made)
    })
    return () => {
      isGone = true
      made?.close()
    }
  }, [])
  useEffect(() => engine?.guide({ schema, known, problems }), [engine, schema, known, problems])
  return (
    <div className={classes.frame}>
      <div ref={frame} />
      {!engine && <Skeleton h={220} />}
    </div>
  )
}
