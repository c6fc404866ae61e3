import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import { basicSetup, EditorView } from 'codemirror'
import type { JsonSchema } from './json-schema.ts'
import { placeIn } from './yaml-place.ts'
import { type PathProblem, placedProblems, problemsIn, type TextProblem } from './yaml-problems.ts'
import { type KnownNames, suggestionsAt } from './yaml-suggestions.ts'

/** What an editor is told while it is there. */
export interface Guidance {
  readonly schema: JsonSchema | undefined
  readonly known: KnownNames
  /** What the server said of the text as it was sent. */
  readonly problems: readonly PathProblem[]
}

interface EditorOptions {
  readonly parent: HTMLElement
  readonly text: string
  readonly label: string
  readonly nonce: string
  readonly onChange: (text: string) => void
}

const CHECK_AFTER_MS = 300

/** An editor of YAML that completes and checks by a schema. */
export class YamlEngine {
  readonly #view: EditorView
  #guidance: Guidance = { schema: undefined, known: {}, problems: [] }

  constructor({ parent, text, label, nonce, onChange }: EditorOptions) {
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          yaml(),
          EditorView.cspNonce.of(nonce),
          EditorView.lineWrapping,
          WRITES_OVER,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          autocompletion({ override: [(context) => this.#complete(context)] }),
          linter(({ state }) => this.#check(state.doc.toString()), { delay: CHECK_AFTER_MS }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) onChange(state.doc.toString())
          }),
          THEME,
          syntaxHighlighting(COLOURS),
        ],
      }),
    })
  }

  guide(guidance: Guidance): void {
    this.#guidance = guidance
    const { state } = this.#view
    this.#view.dispatch(setDiagnostics(state, this.#check(state.doc.toString())))
  }

  close(): void {
    this.#view.destroy()
  }

  #check(text: string): Diagnostic[] {
    const { schema, problems } = this.#guidance
    return [...problemsIn(text, schema), ...placedProblems(text, problems)].map(diagnosticOf)
  }

  #complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
    const { schema, known } = this.#guidance
    if (!schema) return null
    const place = placeIn(state.doc.toString(), pos)
    if (!explicit && place.kind === 'key' && place.from === pos) return null
    const options = suggestionsAt(place, schema, known).map(({ label, insert, kind, detail }) => ({
      label,
      apply: insert,
      type: kind === 'key' ? 'property' : 'enum',
      ...(detail === undefined ? {} : { detail }),
    }))
    return options.length === 0 ? null : { from: place.from, options, validFor: /^[\w./-]*$/ }
  }
}

function diagnosticOf({ from, to, message }: TextProblem): Diagnostic {
  return { from, to, message, severity: 'error' }
}

// To write over what is selected, a browser would copy its looks into a style of its own, which the policy of the page holds back.
const WRITES_OVER = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data } = event
    if (inputType !== 'insertText' || data === null || event.isComposing) return false
    const over = selectedIn(view)
    if (!over) return false
    event.preventDefault()
    view.dispatch({
      changes: { ...over, insert: data },
      selection: { anchor: over.from + data.length },
      userEvent: 'input.type',
      scrollIntoView: true,
    })
    return true
  },
})

/** What is written over: what the editor knows to be selected, or what the browser does and has not told yet. */
function selectedIn(view: EditorView): { from: number; to: number } | undefined {
  const { from, to, empty } = view.state.selection.main
  if (!empty) return { from, to }
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed || !view.contentDOM.contains(selection.anchorNode)) return undefined
  const range = selection.getRangeAt(0)
  return {
    from: view.posAtDOM(range.startContainer, range.startOffset),
    to: view.posAtDOM(range.endContainer, range.endOffset),
  }
}

const THEME = EditorView.theme({
  '&': { fontSize: '13px', color: 'var(--ink)', backgroundColor: 'var(--raised)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-content': { fontFamily: 'var(--mantine-font-family-monospace)', caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunk)',
    color: 'var(--quiet)',
    borderRight: '1px solid var(--hairline)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-wash) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--hairline)',
    color: 'var(--ink)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--paper)',
  },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.75', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--warn)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-wash) !important' },
})

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)', fontWeight: '550' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--c4)' },
  { tag: [tags.comment, tags.punctuation, tags.separator], color: 'var(--quiet)' },
])
