/** Parameters that are always signatures. */
const SIGNATURES = new Set(
  (
    'x-amz-signature x-goog-signature x-oss-signature x-cos-signature x-obs-signature x-tos-signature x-bce-signature q-signature ' +
    'x-signature x-ms-signature signature hmac hmac_signature oauth_signature url_signature ' +
    'hdnts hdnea hdntl __token__ x-amz-credential x-goog-credential'
  ).split(' '),
);
/** Parameters that are signatures when another parameter has an expiry time. */
const TOKENS = new Set('sig sign hash token mac digest checksum md5 sha1 sha256'.split(' '));
/** Like `TOKENS`, but with names of many uses: only when the value looks like a digest. */
const SHORT_TOKENS = new Set('verify key st auth s h hm t'.split(' '));
const ENDS = new Set(
  'expires expire expiry expiration exp e ex se ttl ts timestamp deadline valid_until validuntil validto until'.split(
    ' ',
  ),
);
const TIME = /^(?:\d{2,13}|[0-9a-f]{8}|\d{4}-\d{2}-\d{2}.{0,30})$/i;
const DIGEST = /^(?:[0-9a-f]{16,128}|[\w+/=%-]{20,512})$/i;
const MIN_TOKEN = 8;
/** Values that are signatures by their form: imgix, Cloudflare, and Akamai's tokens under any name. */
const ALONE = new Map([
  ['s', /^[0-9a-f]{32}$/i],
  ['verify', /^\d{10}-[\w%+/=-]{16,}$/],
]);
const ANYWHERE = /[~/?&](?:hmac|hdnts|hdnea)=[0-9a-f~=a-z]{8,}/i;

/**
 * The parameter that signs a URL, if any: the server refuses a signed URL with anything appended. Known are S3, Google,
 * Azure (`sig` and `se`), CloudFront, Akamai, and tokens with an expiry time.
 */
export function signatureParam(url: string): string | undefined {
  if (ANYWHERE.test(url)) return 'hmac';
  const [, queryText = ''] = /\?([^#]*)/.exec(url) ?? [];
  const pairs = queryText.split('&').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=');
    return value.join('=') === '' ? [] : [{ name, key: name.toLowerCase(), value: value.join('=') }];
  });
  // A value with a macro is filled by us, so nothing has signed it.
  const literal = pairs.filter(({ value }) => !/[{}]/.test(value));
  const keys = new Set(literal.map(({ key }) => key));
  const certain = literal.find(({ key }) => SIGNATURES.has(key));
  if (certain !== undefined) return certain.name;
  if (keys.has('key-pair-id') && (keys.has('policy') || keys.has('expires'))) return 'Key-Pair-Id';
  if (keys.has('oh') && keys.has('oe')) return 'oh'; // pictures of Facebook and Instagram
  const sig = literal.find(
    ({ key, value }) => key === 'sig' && (keys.has('se') || keys.has('sp') || DIGEST.test(value)),
  );
  if (sig !== undefined) return sig.name;
  const digest = literal.find(({ key, value }) => ALONE.get(key)?.test(value) ?? false);
  if (digest !== undefined) return digest.name;
  const hasEnd = literal.some(
    ({ key, value }) => (ENDS.has(key) && TIME.test(value)) || (key === 't' && /^(?:\d{10}|\d{13})$/.test(value)),
  );
  return hasEnd ? literal.find(({ key, value }) => isToken(key, value))?.name : undefined;
}

function isToken(key: string, value: string): boolean {
  return TOKENS.has(key) ? value.length >= MIN_TOKEN : SHORT_TOKENS.has(key) && DIGEST.test(value);
}
