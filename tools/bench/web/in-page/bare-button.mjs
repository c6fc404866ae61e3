// Runs in a page with nothing but a button that counts how often it was clicked: notes what each click took.

const durations = []
const noteAll = (list) => {
  for (const { name, duration } of list.getEntries()) if (name === 'click') durations.push(duration)
}
new PerformanceObserver(noteAll).observe({ type: 'event', durationThreshold: 16 })
const button = document.querySelector('button')
button.addEventListener('click', () => {
  button.textContent = String(Number(button.textContent) + 1)
})
globalThis.offtakeDurations = () => durations
