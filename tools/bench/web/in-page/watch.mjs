// Runs in a page before anything of its own: notes what interactions took, and counts the paints of the map in each frame.

const longest = new Map()
const noteAll = (list) => {
  for (const { interactionId, duration } of list.getEntries())
    if (interactionId > 0) longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0))
}
new PerformanceObserver(noteAll).observe({ type: 'event', durationThreshold: 16, buffered: true })

let frame = 0
const count = () => {
  frame += 1
  requestAnimationFrame(count)
}
requestAnimationFrame(count)

const paints = new Map()
const { setTransform } = CanvasRenderingContext2D.prototype
// A paint of the map sets its scale twice: for its cells, and for its names.
CanvasRenderingContext2D.prototype.setTransform = function (...given) {
  if (this.canvas.isConnected) paints.set(frame, (paints.get(frame) ?? 0) + 1)
  return setTransform.apply(this, given)
}

globalThis.offtakeSeen = () => ({
  durations: [...longest.values()],
  paints: [...paints.values()].reduce((sum, n) => sum + n / 2, 0),
  mostPaintsPerFrame: Math.max(0, ...paints.values()) / 2,
})
globalThis.offtakeForget = () => {
  longest.clear()
  paints.clear()
}
