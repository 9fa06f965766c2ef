import { createStore } from '../store';

const isOpen = createStore(false);

/** Opens the palette with the search over everything. */
export const openPalette = (): void => isOpen.set(true);
export const closePalette = (): void => isOpen.set(false);
export const usePaletteOpen = isOpen.use;
