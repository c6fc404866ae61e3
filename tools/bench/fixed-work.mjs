// A fixed piece of the kind of work the product does (numbers in arrays, objects in maps, whole sums, text), about a
// second long: a yardstick for how fast the machine is just now.
let state = 1
const draw = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state
}

const numbers = Float64Array.from({ length: 1_500_000 }, draw).sort()
/** @type {Map<number, { count: number, text: string }>} */
const groups = new Map()
let sum = 0n
for (const number of numbers) {
  const key = number % 50_021
  const group = groups.get(key)
  if (group) group.count += 1
  else groups.set(key, { count: 1, text: String(key) })
  sum += BigInt(key)
}
const text = JSON.stringify([...groups.values()])
process.stdout.write(`${sum} ${text.length}\n`)
