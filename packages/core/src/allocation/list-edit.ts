// What `splice` does for one item, without the array that it makes of those it removes.

export function putIn<Item>(items: Item[], at: number, item: Item): void {
  items.push(item)
  for (let n = items.length - 1; n > at; n--) items[n] = items[n - 1] as Item
  items[at] = item
}

export function takeFrom<Item>(items: Item[], at: number): void {
  for (let n = at + 1; n < items.length; n++) items[n - 1] = items[n] as Item
  items.pop()
}
