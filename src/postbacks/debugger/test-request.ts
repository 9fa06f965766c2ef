import { CANONICAL_PARAMS, type CanonicalParam } from '../../networks/rules/canonical-params.js';
import type { NetworkSecurity } from '../../networks/network.schema.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { isUnfilledMacro } from '../../networks/rules/reading/unfilled-macro.js';
import { ALIASES } from '../../networks/rules/reading/vocabulary.js';
import { canonicalText, signatureOf } from '../security/signature.js';

/** The values of a test postback. `undefined`: a default, sent only if the URL has such a parameter. */
export interface TestOptions {
  event?: string | undefined;
  status?: string | undefined;
  payout?: string | undefined;
  currency?: string | undefined;
}

export interface TestInput {
  /** The postback URL as it is entered at the network, with its macros. */
  template: string;
  dialect: NetworkDialect;
  security: Pick<NetworkSecurity, 'token' | 'hmac'>;
  clickId: string;
  txid: string;
  options: TestOptions;
  now: Date;
}

interface Pair {
  name: string;
  value: string;
}

const USUAL = { event: 'ftd', status: 'approved', payout: '50.00', currency: 'USD', player_id: 'test-player' } as const;
const ASKED = ['event', 'status', 'payout', 'currency'] as const;

/**
 * Builds the URL as the network would call it: macros filled with realistic values in the network's words, with token and
 * signature.
 */
export function buildTestUrl({ template, dialect, security, clickId, txid, options, now }: TestInput): string {
  const [base, query = ''] = splitOnce(template, '?');
  const values = { ...valuesFor(options, dialect, now), click_id: clickId, txid };
  const filled = fill(pairsOf(query), values, options, dialect);
  for (const name of ASKED) {
    const isMissing = options[name] !== undefined && !filled.names.has(name);
    if (isMissing) filled.pairs.push({ name: dialect.mapping.params[name]?.[0] ?? name, value: values[name] ?? '' });
  }
  const secured = withSecurity(filled.pairs, security, now);
  return `${base}?${secured.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

type Values = Partial<Record<CanonicalParam, string>>;

function valuesFor(options: TestOptions, { mapping, defaults }: NetworkDialect, now: Date): Values {
  return {
    event: wordFor(options.event ?? USUAL.event, mapping.events),
    status: wordFor(options.status ?? USUAL.status, mapping.statuses),
    payout: options.payout ?? USUAL.payout,
    currency: options.currency ?? defaults.currency ?? USUAL.currency,
    player_id: USUAL.player_id,
    time: String(Math.floor(now.getTime() / 1_000)),
  };
}

/** The network's word for a meaning. */
function wordFor(meaning: string, words: Record<string, string>): string {
  return Object.entries(words).find(([, one]) => one === meaning)?.[0] ?? meaning;
}

/** Fills macros. Fixed values of the URL are kept, unless the options replace them. */
function fill(
  pairs: Pair[],
  values: Values,
  options: TestOptions,
  dialect: NetworkDialect,
): { pairs: Pair[]; names: Set<CanonicalParam> } {
  const names = new Set<CanonicalParam>();
  const filled = pairs.map(({ name, value }) => {
    const canonical = canonicalOf(name, value, dialect, names);
    if (canonical === undefined) return { name, value: isUnfilledMacro(value) ? 'test' : value };
    names.add(canonical);
    const isAsked = (options as Values)[canonical] !== undefined;
    const isOpen = isUnfilledMacro(value) || value === '' || isAsked;
    return { name, value: isOpen ? (values[canonical] ?? 'test') : value };
  });
  return { pairs: filled, names };
}

/** The meaning of a parameter: by the network's mapping, its name, its macro, or the aliases of the vocabulary. */
function canonicalOf(
  name: string,
  value: string,
  { mapping }: NetworkDialect,
  taken: ReadonlySet<CanonicalParam>,
): CanonicalParam | undefined {
  const own = name.toLowerCase();
  const macro = isUnfilledMacro(value) ? value.replaceAll(/[^\w.:-]/g, '').toLowerCase() : '';
  const free = CANONICAL_PARAMS.filter((param) => !taken.has(param));
  return (
    free.find((param) => (mapping.params[param] ?? []).some((sent) => sent.toLowerCase() === own)) ??
    free.find((param) => param === own) ??
    free.find((param) => param === macro) ??
    free.find((param) => ALIASES[param].includes(own))
  );
}

function withSecurity(pairs: Pair[], { token, hmac }: TestInput['security'], now: Date): Pair[] {
  const tokened = token === null ? pairs : put(pairs, token.param, token.value);
  if (hmac === null) return tokened;
  const timed = put(tokened, hmac.timestampParam, String(Math.floor(now.getTime() / 1_000)));
  return put(timed, hmac.param, signatureOf(canonicalText(timed, hmac.param), hmac.secret));
}

function put(pairs: Pair[], name: string, value: string): Pair[] {
  const others = pairs.filter((pair) => pair.name.toLowerCase() !== name.toLowerCase());
  return [...others, { name, value }];
}

/** Parsed without `URL`, because macros such as `#s2#` and `%cid%` are not valid in one. */
function pairsOf(query: string): Pair[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, value = ''] = splitOnce(pair, '=');
      return { name: decoded(name), value: decoded(value) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
