import { countryChoices, DEVICES } from '../visitor/visitor-choices';

interface Suggestion {
  value: string;
  label?: string;
}

const OS = 'Windows|macOS|iOS|Android|Linux|Chrome OS|HarmonyOS|KaiOS|Tizen|webOS|watchOS|other';
const BROWSERS =
  'Chrome|Safari|Edge|Firefox|Samsung Internet|Opera|Opera Mini|Android WebView|iOS WebView|Brave|Vivaldi|DuckDuckGo|Yandex Browser|' +
  'UC Browser|Mi Browser|other';

const VALUES: Readonly<Record<string, () => readonly Suggestion[]>> = {
  country: countryChoices,
  device: () => asSuggestions([...DEVICES]),
  os: () => asSuggestions(OS.split('|')),
  browser: () => asSuggestions(BROWSERS.split('|')),
  inApp: () => asSuggestions(['*', 'Instagram', 'Facebook', 'TikTok', 'Telegram', 'Snapchat', 'X']),
  weekday: () => asSuggestions(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'mon-fri', 'sat-sun']),
  visitor: () => asSuggestions(['new', 'returning']),
  bot: () => asSuggestions(['true', 'false']),
};

function asSuggestions(values: readonly string[]): readonly Suggestion[] {
  return values.map((value) => ({ value }));
}

/** Common values of a field. Others can be typed: the server knows all of them, and names the right one for a wrong one. */
export function valueSuggestions(field: string): readonly Suggestion[] {
  return VALUES[field]?.() ?? [];
}

const EXAMPLES: Readonly<Record<string, string>> = {
  country: 'DE, AT, CH',
  region: 'Bavaria',
  city: 'London, or US-Springfield',
  language: 'de, pt-BR',
  device: 'mobile, tablet',
  os: 'iOS, Android',
  browser: 'Chrome, Safari',
  inApp: 'Instagram, or * for any',
  referrer: 'facebook.com, or direct',
  ip: '203.0.113.0/24',
  asn: 'AS13335',
  weekday: 'mon-fri',
  hour: '9-17, 22:30-6',
  date: '2026-12-24, 2026-11-01..2026-11-30',
  visitor: 'new, returning',
  bot: 'true, false',
};

/** Values as they are typed. */
export function exampleOf(field: string): string {
  return EXAMPLES[field] ?? 'exact value, or * for any';
}

/** Whether the condition has a clock, and so a time zone. */
export function hasTimezone(field: string): boolean {
  return field === 'weekday' || field === 'hour' || field === 'date';
}

let zones: readonly { value: string; label: string }[] | undefined;

/** The time zones that the browser knows; the empty one is UTC, the server's default. */
export function timezoneChoices(): readonly { value: string; label: string }[] {
  zones ??= [
    { value: '', label: 'UTC' },
    ...Intl.supportedValuesOf('timeZone')
      .filter((value) => value !== 'UTC')
      .map((value) => ({ value, label: value })),
  ];
  return zones;
}
