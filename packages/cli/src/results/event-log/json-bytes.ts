/** Texts that JSON writes as they are. */
const PLAIN_FROM = 0x20
const PLAIN_UNTIL = 0x7f
const QUOTE = 0x22
const BACKSLASH = 0x5c
const ZERO = 0x30
const BILLION = 1_000_000_000
/** Of a safe integer. */
const DIGITS_MAX = 16

/** JSON as bytes, piece by piece into one buffer that is used again and grows as it must. */
export class JsonBytes {
  #bytes = Buffer.allocUnsafeSlow(1 << 16)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** A copy of what was written; what follows begins anew. */
  take(): Buffer<ArrayBuffer> {
    const taken = Buffer.from(this.#bytes.buffer.slice(0, this.#size))
    this.#size = 0
    return taken
  }

  /** Writes characters of ASCII as they are. */
  ascii(text: string): void {
    const { length } = text
    this.#reserve(length)
    const bytes = this.#bytes
    let at = this.#size
    for (let i = 0; i < length; i++) bytes[at++] = text.charCodeAt(i)
    this.#size = at
  }

  /** Any text in quotes, escaped where it must be. */
  text(text: string): void {
    if (!isPlain(text)) return this.utf8(JSON.stringify(text))
    this.ascii('"')
    this.ascii(text)
    this.ascii('"')
  }

  /** Writes text as it is. */
  utf8(text: string): void {
    this.#reserve(text.length * 3)
    this.#size += this.#bytes.write(text, this.#size)
  }

  /** Whole numbers digit by digit, from the last; others as JSON writes them. */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) return this.ascii(JSON.stringify(value))
    this.#reserve(DIGITS_MAX)
    // Beyond 31 bits a division is one of floating point: exact, and slower, so the last nine digits are split off at once.
    if (value >= BILLION) {
      const high = Math.floor(value / BILLION)
      this.number(high)
      this.#digits(value - high * BILLION, 9)
    } else this.#digits(value, digitsOf(value))
  }

  #digits(value: number, count: number): void {
    const bytes = this.#bytes
    const start = this.#size
    let rest = value | 0
    for (let at = start + count - 1; at >= start; at--) {
      const tenth = (rest / 10) | 0
      bytes[at] = ZERO + rest - tenth * 10
      rest = tenth
    }
    this.#size = start + count
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#size + more, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#size)
    this.#bytes = larger
  }
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < PLAIN_FROM || code >= PLAIN_UNTIL || code === QUOTE || code === BACKSLASH) return false
  }
  return true
}

function digitsOf(value: number): number {
  let digits = 1
  for (let bound = 10; value >= bound; bound *= 10) digits += 1
  return digits
}
