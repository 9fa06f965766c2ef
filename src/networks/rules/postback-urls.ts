import type { CanonicalParam } from './canonical-params.js';
import type { Network } from '../network.schema.js';
import type { Preset, PresetUrl } from '../catalogue/preset.js';

/** A postback URL to enter at the network. */
export interface PostbackUrl {
  /** The event for which the network has a field for this URL; `null`: the URL is for all events. */
  event: string | null;
  url: string;
  note: string | null;
}

const NAMES = ['click_id', 'event', 'status', 'payout', 'currency', 'txid'] as const;
/** For networks without a preset: the user replaces these with the network's macros. */
const FOR_ALL: PresetUrl = { event: null, params: Object.fromEntries(NAMES.map((name) => [name, `{${name}}`])) };

/**
 * The URLs to enter at a network, with its macros if they are known, and the parameter names of its mapping.
 * @param publicUrl the public base URL that receives postbacks.
 */
export function postbackUrls(
  { key, mapping }: Pick<Network, 'key' | 'mapping'>,
  preset: Preset | undefined,
  publicUrl: string,
): PostbackUrl[] {
  const base = baseFor(preset, publicUrl);
  return (preset?.postbackUrls ?? [FOR_ALL]).map(({ event, params, note }) => {
    const query = (Object.entries(params) as [CanonicalParam, string][])
      .map(([name, value]) => `${encodeURIComponent(mapping.params[name]?.[0] ?? name)}=${value}`)
      .join('&');
    const notes = [note, base.note].filter((text) => text !== undefined);
    return { event, url: `${base.url}/postback/${key}?${query}`, note: notes.length > 0 ? notes.join(' ') : null };
  });
}

/** A network without HTTPS gets an `http://` URL, unless the public URL has a port: port 80 probably leads elsewhere. */
function baseFor(preset: Preset | undefined, publicUrl: string): { url: string; note?: string } {
  if (!preset?.limits.httpOnly) return { url: publicUrl };
  const { protocol, host, port } = new URL(publicUrl);
  if (protocol === 'http:') return { url: publicUrl, note: 'This network calls http:// only.' };
  if (port !== '') {
    const note = `This network calls http:// only: it cannot use ${publicUrl}; give it an http:// address that leads here.`;
    return { url: publicUrl, note };
  }
  const note = `This network calls http:// only: port 80 of ${host} must lead here, without a redirect to https.`;
  return { url: `http://${host}`, note };
}
