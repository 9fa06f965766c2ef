/** Schemes whose URLs are not pages. Appended text would become part of a number, an address or a message. */
const NEVER_APPENDED: ReadonlySet<string> = new Set([
  'tel',
  'callto',
  'sms',
  'smsto',
  'mms',
  'mmsto',
  'mailto',
  'tg',
  'whatsapp',
  'viber',
  'skype',
  'facetime',
  'facetime-audio',
  'sip',
  'sips',
  'xmpp',
  'geo',
  'maps',
  'magnet',
  'bitcoin',
  'ethereum',
  'upi',
  'market',
  'itms-apps',
]);

export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]{0,30}):/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

/**
 * True when the click id and the visitor's query can be appended to a destination: a web page, or an app's URL with a
 * path (`myapp://open`). In others (`tel:`, `mailto:`, `tg://resolve?domain=x`) only macros are filled.
 */
export function isAppendable(url: string): boolean {
  const scheme = schemeOf(url);
  if (scheme === 'http' || scheme === 'https') return true;
  return !NEVER_APPENDED.has(scheme) && url.startsWith('/', scheme.length + 1);
}
