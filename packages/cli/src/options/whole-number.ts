import { InvalidArgumentError } from 'commander'

/** Reads a whole number within bounds. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^-?\d+$/.test(text) && number >= from && number <= to) return number
    throw new InvalidArgumentError(`a whole number from ${from} to ${to}`)
  }
}
