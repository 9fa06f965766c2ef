/** Texts of the parts that all pages share. */
export const uiWords = {
  search: 'Search',
  searchHint: 'Search, or paste any id',
  tryAgain: 'Try again',
  staleSince: (time: string) => `What you see is from ${time}.`,
  notLoaded: 'This could not be loaded.',
  loading: 'Loading',
  undo: 'Undo',
  close: 'Close',
  fillIn: 'Fill this in.',
  cancel: 'Cancel',
  unknown: 'unknown',
  hiddenMoney: 'hidden',
} as const;
