import { createStore } from '../store';

const isOpen = createStore(false);

/** Opens the sheet of shortcuts. */
export const openShortcuts = (): void => isOpen.set(true);
export const closeShortcuts = (): void => isOpen.set(false);
export const useShortcutsOpen = isOpen.use;
