import { createSpotlight } from '@mantine/spotlight'

/** Opens and closes the palette of commands from anywhere. */
export const [paletteStore, palette] = createSpotlight()
