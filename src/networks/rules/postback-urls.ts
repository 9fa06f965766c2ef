import type { CanonicalParam } from './canonical-params.js';
import type { Network } from '../network.schema.js';
import type { Preset, PresetUrl } from '../catalogue/preset.js';

/** A postback URL ready to paste. */
export interface PostbackUrl {
  /** The event whose field it belongs into; `null`: it is for all. */
  event: string | null;
  url: string;
  note: string | null;
}

const NAMES = ['click_id', 'event', 'status', 'payout', 'currency', 'txid'] as const;
/** Of a network that nothing is known about: its own macros go in place of these. */
const FOR_ALL: PresetUrl = { event: null, params: Object.fromEntries(NAMES.map((name) => [name, `{${name}}`])) };

/**
 * The URLs to paste at a network, in its own macros where they are known, under the names that its own mapping has.
 * @param publicUrl where postbacks come in.
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

/** A network that can not do HTTPS gets an `http://` URL, unless a port of its own says that there is no other way in. */
function baseFor(preset: Preset | undefined, publicUrl: string): { url: string; note?: string } {
  if (!preset?.limits.httpOnly) return { url: publicUrl };
  const { protocol, host, port } = new URL(publicUrl);
  if (protocol === 'http:') return { url: publicUrl, note: 'This network calls http:// only.' };
  if (port !== '') {
    const note = `This network calls http:// only: it needs a way in that is not ${publicUrl}.`;
    return { url: publicUrl, note };
  }
  const note = `This network calls http:// only: port 80 of ${host} must lead here, without a redirect to https.`;
  return { url: `http://${host}`, note };
}
