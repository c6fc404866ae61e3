/** Pixels of a part of the map, at one scale, with its corner at a pixel of the whole. */
export interface Sheet {
  readonly pixels: Uint32Array
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
}

/** Fills an area that is given in pixels of the whole map; what lies beyond the sheet is left out. */
export function fill(sheet: Sheet, x: number, y: number, right: number, bottom: number, ink: number): void {
  const { pixels, width, height, left, top } = sheet
  const [from, to] = [Math.max(0, x - left), Math.min(width, right - left)]
  if (from >= to) return
  const end = Math.min(height, bottom - top)
  for (let row = Math.max(0, y - top); row < end; row++)
    pixels.fill(ink, row * width + from, row * width + to)
}

/** The edge of an area, so many pixels thick. */
export function frame(
  sheet: Sheet,
  [x, y, right, bottom]: readonly [number, number, number, number],
  thick: number,
  ink: number,
): void {
  fill(sheet, x, y, right, y + thick, ink)
  fill(sheet, x, bottom - thick, right, bottom, ink)
  fill(sheet, x, y, x + thick, bottom, ink)
  fill(sheet, right - thick, y, right, bottom, ink)
}
