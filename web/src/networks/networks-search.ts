export const NETWORK_TABS = ['setup', 'mapping', 'test', 'security'] as const;
export type NetworkTab = (typeof NETWORK_TABS)[number];

/** `undefined` in the URL is `all`. */
export const GALLERY_SEGMENTS = ['all', 'casino', 'affiliate', 'tracker', 'yours'] as const;
export type GallerySegment = (typeof GALLERY_SEGMENTS)[number];

/** The state of the page that its URL holds. */
export interface NetworksSearch {
  /** The opened network of the workspace. */
  id?: string | undefined;
  /** The opened preset; `id` takes precedence. */
  preset?: string | undefined;
  /** The part of the opened network; absent: `setup`. */
  tab?: NetworkTab | undefined;
  /** The shown part of the gallery; absent: all. */
  show?: GallerySegment | undefined;
  /** The text searched in the gallery. */
  q?: string | undefined;
}

const MAX_TEXT = 100;

export function parseNetworksSearch(search: Record<string, unknown>): NetworksSearch {
  const { id, preset, q } = search;
  const tab = NETWORK_TABS.find((one) => one === search['tab'] && one !== 'setup');
  const show = GALLERY_SEGMENTS.find((one) => one === search['show'] && one !== 'all');
  return {
    ...(typeof id === 'string' && /^net_\w{1,40}$/.test(id) && { id }),
    ...(typeof preset === 'string' && /^[a-z0-9-]{1,60}$/.test(preset) && { preset }),
    ...(tab !== undefined && { tab }),
    ...(show !== undefined && { show }),
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' && { q: String(q).slice(0, MAX_TEXT) }),
  };
}
