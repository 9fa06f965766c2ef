/** Texts of the palette. */
export const paletteWords = {
  placeholder: 'Click id, transaction id, short link, name …',
  groups: { found: 'Found', pages: 'Pages', acts: 'Acts' },
  kinds: {
    link: 'Link',
    click: 'Click',
    conversion: 'Conversion',
    postback: 'Postback',
    network: 'Network',
    domain: 'Domain',
  } as Readonly<Record<string, string>>,
  searching: 'Searching …',
  nothing: 'Nothing has this id, name or value.',
} as const;
