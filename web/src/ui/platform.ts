const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The name of the key that goes with letters for commands on this system. */
export const commandKey = isApple ? '⌘' : 'Ctrl';
