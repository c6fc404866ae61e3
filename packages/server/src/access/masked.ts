const MASK = '***'

/** What is a secret by its look: our tokens, signed ones of issuers, whatever follows Bearer, the password of an address. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/oft_[\w-]{16,}/g, `oft_${MASK}`],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, MASK],
  [/(Bearer\s+)[^\s"\\]+/gi, `$1${MASK}`],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:@/"\\]*):[^\s"\\]+@/gi, `$1:${MASK}@`],
]

/** Shorter ones would be found in words that are none. */
const SHORTEST = 6

/** A text without the secrets that it may hold: these, and all that look like one. */
export function masked(text: string, secrets: readonly string[] = []): string {
  let shown = text
  for (const secret of secrets) if (secret.length >= SHORTEST) shown = shown.replaceAll(secret, MASK)
  for (const [look, mask] of LOOKS) shown = shown.replaceAll(look, mask)
  return shown
}

/** The password in the address of a database, as it is written there and as it is. */
export function passwordsIn(address: string): readonly string[] {
  const [, password = ''] = /^[a-z+]+:\/\/[^/@]*?:([^/]*)@/i.exec(address) ?? []
  // By its bytes, since what is written may be no text that a decoder takes.
  const plain = password.replaceAll(/%[\da-f]{2}/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  )
  return password === '' ? [] : [password, plain]
}
