// Runs in an empty page: puts one picture of the map's size elsewhere in every frame, and does nothing else.

const [seen, picture] = [document.createElement('canvas'), document.createElement('canvas')]
for (const canvas of [seen, picture]) Object.assign(canvas, { width: 1_140, height: 520 })
document.body.append(seen)
const [to, from] = [seen, picture].map((canvas) => canvas.getContext('2d', { alpha: false }))
from.fillStyle = '#17406d'
for (let n = 0; n < 2_000; n++) from.fillRect((n * 37) % 1_140, (n * 91) % 520, 5, 5)
let moved = 0
const draw = () => {
  moved = (moved + 3) % 200
  to.drawImage(picture, -moved, -moved)
  requestAnimationFrame(draw)
}
requestAnimationFrame(draw)
