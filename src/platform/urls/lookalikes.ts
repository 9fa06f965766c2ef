import { domainToUnicode } from 'node:url';
import { confusablesMap } from 'confusables';
import { registrySuffix } from './public-suffix.js';

/** A remark about a URL that a person should check before sharing a link to it. */
export interface UrlWarning {
  code: 'mixed_script' | 'lookalike';
  message: string;
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Georgian',
  'Hangul',
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Cherokee',
] as const;
const TESTS = SCRIPTS.map((name) => ({ name: name as string, regex: new RegExp(`\\p{Script=${name}}`, 'u') }));
/**
 * Words that consist of these letters only look like Latin words (the sets that Chromium shows as punycode). A word with
 * one other letter of its script does not.
 */
const LIKE_LATIN = /^(?:[0-9\-асԁеһіјӏорԛѕԝхуъьҽпгѵѡ]+|[0-9\-αικνρυωηοτ]+|[0-9\-աոսօգզտց]+)$/u;
/** Scripts that may be mixed (UTS 39, "highly restrictive"). */
const TOGETHER: readonly ReadonlySet<string>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

/**
 * Warnings about an internationalised host: scripts mixed in one label, or a label of another script that looks like
 * Latin letters (`аррӏе`). Such a host may be legitimate, so it is stored, and shown as punycode.
 */
export function warningsOf({ hostname }: URL): UrlWarning[] {
  if (!hostname.includes('xn--')) return [];
  const shown = domainToUnicode(hostname);
  const suffix = registrySuffix(hostname);
  const labels = shown.split('.').slice(0, -(suffix?.split('.').length ?? 1));
  const suffixScripts = scriptsOf(domainToUnicode(suffix ?? ''));
  return labels.flatMap((label): UrlWarning[] => {
    const scripts = scriptsOf(label);
    if (scripts.length > 1 && !TOGETHER.some((set) => scripts.every((script) => set.has(script)))) {
      return [{ code: 'mixed_script', message: `"${label}" in ${hostname} mixes ${scripts.join(' and ')}` }];
    }
    const skeleton = skeletonOf(label);
    const isOwnScript = scripts.every((script) => suffixScripts.includes(script));
    if (scripts.length > 0 && !isOwnScript && LIKE_LATIN.test(label) && /^[a-z0-9-]+$/i.test(skeleton)) {
      return [{ code: 'lookalike', message: `"${label}" in ${hostname} reads like "${skeleton}"` }];
    }
    return [];
  });
}

/** The scripts of a text's letters. Characters that are common to all scripts count for none. */
function scriptsOf(text: string): string[] {
  const found = new Set<string>();
  for (const letter of text) {
    const script = TESTS.find(({ regex }) => regex.test(letter))?.name;
    if (script !== undefined) found.add(script);
    else if (/\p{L}/u.test(letter) && !/\p{Script=Common}|\p{Script=Inherited}/u.test(letter)) found.add('other');
  }
  return [...found];
}

/** The label with each letter replaced by its Latin look-alike. The library's own function keeps all its inputs in memory. */
function skeletonOf(label: string): string {
  return [...label].map((letter) => confusablesMap.get(letter) ?? letter).join('');
}
