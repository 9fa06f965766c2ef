import {
  BROWSER_NAMES,
  browserName,
  DEVICE_KINDS,
  OS_NAMES,
  osName,
} from '../../../platform/vocabulary/device-names.js';
import { IN_APP_NAMES } from '../../../platform/vocabulary/in-app-names.js';
import { nearestWord } from '../../../platform/vocabulary/nearest-word.js';
import { countryProblem } from './country-codes.js';

/** Synonyms of our values, in lower case without spaces. */
const DEVICE_WORDS: Readonly<Record<string, string>> = {
  ...wordsFor(
    'mobile',
    'phone smartphone handset cell cellphone cellular mobilephone iphone android mob mobiles phones',
  ),
  ...wordsFor('desktop', 'pc computer laptop notebook web mac windows desktops computers'),
  ...wordsFor('tablet', 'ipad tab tablets pad'),
  ...wordsFor('tv', 'smarttv television ctv appletv'),
  ...wordsFor('console', 'gameconsole games playstation xbox'),
  ...wordsFor('wearable', 'watch smartwatch'),
};
const OS_WORDS: Readonly<Record<string, string>> = {
  ...wordsFor('iOS', 'iphone ipad ipados iphoneos apple ios17 ios18 ios26'),
  ...wordsFor('macOS', 'mac macosx osx macintosh darwin'),
  ...wordsFor('Windows', 'win win10 win11 windows7 windows8 windows10 windows11 pc'),
  ...wordsFor('Android', 'droid androidos'),
  ...wordsFor('Chrome OS', 'chromeos cros'),
  ...wordsFor('HarmonyOS', 'harmony'),
};
const BROWSER_WORDS: Readonly<Record<string, string>> = {
  ...wordsFor('Chrome', 'googlechrome chromemobile mobilechrome chromeios crios chromeandroid'),
  ...wordsFor('Firefox', 'ff mozilla mozillafirefox firefoxmobile mobilefirefox'),
  ...wordsFor('Edge', 'microsoftedge msedge edgechromium'),
  ...wordsFor('Internet Explorer', 'msie ie11 explorer'),
  ...wordsFor('Safari', 'safarimobile iphonesafari'),
  ...wordsFor('Samsung Internet', 'samsung samsungbrowser'),
  ...wordsFor('Yandex Browser', 'yandexbrowser'),
  ...wordsFor('UC Browser', 'uc'),
  ...wordsFor('iOS WebView', 'wkwebview'),
  ...wordsFor('Android WebView', 'webview'),
};
const IN_APP_WORDS: Readonly<Record<string, string>> = {
  ...wordsFor('Facebook', 'fb meta facebookapp'),
  ...wordsFor('Instagram', 'ig insta'),
  ...wordsFor('X', 'twitter'),
  ...wordsFor('WhatsApp', 'wa'),
  ...wordsFor('Telegram', 'tg'),
  ...wordsFor('LinkedIn', 'li'),
  ...wordsFor('Messenger', 'fbmessenger'),
  ...wordsFor('VK', 'vkontakte'),
};

/** ISO 639-1, with the old codes that browsers still send. */
const LANGUAGES = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi ' +
    'fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ' +
    'ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps ' +
    'pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve ' +
    'vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);
/** Names and countries that people write instead of a language code. */
const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
  ...wordsFor('ja', 'jp japanese'),
  ...wordsFor('zh', 'cn chinese'),
  ...wordsFor('ko', 'korean'),
  ...wordsFor('cs', 'cz czech'),
  ...wordsFor('el', 'gr greek'),
  ...wordsFor('da', 'dk danish'),
  ...wordsFor('uk', 'ua ukrainian'),
  ...wordsFor('sv', 'swedish'),
  ...wordsFor('en', 'us gb eng english'),
  ...wordsFor('de', 'at ger deu german deutsch'),
  ...wordsFor('fr', 'fre fra french'),
  ...wordsFor('es', 'mx spa spanish espanol'),
  ...wordsFor('pt', 'por portuguese'),
  ...wordsFor('it', 'ita italian'),
  ...wordsFor('ru', 'rus russian'),
  ...wordsFor('ar', 'ara arabic'),
  ...wordsFor('hi', 'hin hindi'),
  ...wordsFor('tr', 'tur turkish'),
  ...wordsFor('pl', 'pol polish'),
  ...wordsFor('nl', 'dut nld dutch'),
  ...wordsFor('vi', 'vn vietnamese'),
};

/**
 * The problem of a country or language that has the right form but does not exist, with the right value. Not applied to
 * stored conditions, which may be older than this check.
 */
export function strictProblem(field: string, value: string): string | undefined {
  if (value.toLowerCase() === 'unknown') return undefined;
  if (field === 'country') return countryProblem(value);
  return field === 'language' ? languageProblem(value) : undefined;
}

/** The value to write instead of an invalid one; `undefined` when none is similar. */
export function valueAdvice(field: string, value: string): string | undefined {
  switch (field) {
    case 'device':
      return nameProblem(value, DEVICE_KINDS, DEVICE_WORDS);
    case 'os':
      return nameProblem(value, OS_NAMES, OS_WORDS, osName(value));
    case 'browser':
      return nameProblem(value, BROWSER_NAMES, BROWSER_WORDS, browserName(value));
    case 'inApp':
      return value === '*' ? undefined : nameProblem(value, IN_APP_NAMES, IN_APP_WORDS);
    case 'weekday':
      return weekdayAdvice(value);
    case 'hour':
      return hourAdvice(value);
    case 'date':
      return dateAdvice(value);
    case 'bot':
      return /^(?:yes|1)$/i.test(value)
        ? say(value, 'true')
        : /^(?:no|0)$/i.test(value)
          ? say(value, 'false')
          : undefined;
    default:
      return undefined;
  }
}

/** A value as it is stored: country codes in capitals, names in their standard spelling. */
export function normalValue(field: string, value: string): string {
  const lower = value.toLowerCase();
  if (lower === 'unknown') return lower;
  if (field === 'country') return value.trim().toUpperCase();
  const names: Readonly<Record<string, readonly string[]>> = {
    device: DEVICE_KINDS,
    os: OS_NAMES,
    browser: BROWSER_NAMES,
    inApp: IN_APP_NAMES,
  };
  return names[field]?.find((name) => name.toLowerCase() === lower) ?? value;
}

function nameProblem(
  value: string,
  names: readonly string[],
  words: Readonly<Record<string, string>>,
  parsed: string = 'other',
): string | undefined {
  if (names.some((name) => name.toLowerCase() === value.toLowerCase())) return undefined;
  const plain = value.toLowerCase().replaceAll(/[\s_-]/g, '');
  const meant = Object.hasOwn(words, plain) ? words[plain] : undefined;
  const name = meant ?? (parsed === 'other' ? nearestWord(value, names) : parsed);
  return `"${value}" is not one of ${[...names, 'unknown'].join(', ')}${name === undefined ? '' : `; write ${name}`}`;
}

function languageProblem(value: string): string | undefined {
  const [language = '', ...rest] = value.toLowerCase().split(/[-_]/);
  const meant = Object.hasOwn(LANGUAGE_WORDS, language) ? LANGUAGE_WORDS[language] : undefined;
  const isKnown = LANGUAGES.has(language) || (/^[a-z]{3}$/.test(language) && meant === undefined);
  if (isKnown && !value.includes('_')) return undefined; // its form is judged elsewhere
  if (!isKnown && meant === undefined) return `"${value}" is not a language such as de or pt-BR (ISO 639)`;
  const region = rest.map((part) => `-${part.length === 2 ? part.toUpperCase() : part}`).join('');
  return `"${value}" is not a language code; write ${isKnown ? language : meant}${region}`;
}

function weekdayAdvice(value: string): string | undefined {
  const plain = asSpan(value);
  if (plain === '0') return `"${value}" is not a weekday: 1 is Monday and 7 is Sunday; write sun`;
  if (/^(?:week|work)days?$/.test(plain)) return say(value, 'mon-fri');
  if (/^weekends?$/.test(plain)) return say(value, 'sat-sun');
  if (/[,;|+ ]/.test(plain))
    return `"${value}": each day is a value of its own, as in ["mon", "wed"]; a span is mon-fri`;
  const days = plain.split('-').map((day) => DAYS.find((name) => day.length >= 2 && name.startsWith(day.slice(0, 3))));
  if (days.length > 2 || days.includes(undefined)) return undefined;
  return say(value, days.map((day) => day?.slice(0, 3)).join('-'));
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function hourAdvice(value: string): string | undefined {
  if (/[,;|+]/.test(value)) return `"${value}": each hour or span is a value of its own, as in ["9-12", "14-18"]`;
  const parts = asSpan(value).replaceAll(' ', '').split('-').map(hourOfDay);
  if (parts.length > 2 || parts.includes(undefined)) return undefined;
  const [begin = '', to] = parts;
  const from = begin === '24' && to !== undefined ? '0' : begin;
  if (to === undefined && from.includes(':')) {
    return `"${value}" is a point in time; write the hour (${from.split(':')[0]}) or a span (${from}-${nextHour(from)})`;
  }
  if (to === undefined && from === '24') return `"${value}" is not an hour: they go from 0 to 23; write 0`;
  if (from === to) return `"${value}" has no length; write 0-24 for the whole day, or leave the condition out`;
  return say(value, to === undefined ? from : `${from}-${to}`);
}

/** `9am`, `17.30`, `9h`, `9:00` → as hours are written: `9`, `17:30`. */
function hourOfDay(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2})|h)?(am|pm|a|p|uhr)?$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '', minutes = '00', half = ''] = match;
  const isAfternoon = half.startsWith('p');
  const isMidnight = half.startsWith('a') && hours === '12';
  const hour = isMidnight ? 0 : Number(hours) + (isAfternoon && hours !== '12' ? 12 : 0);
  if (hour > 24 || Number(minutes) > 59) return undefined;
  return minutes === '00' ? String(hour) : `${hour}:${minutes}`;
}

function nextHour(time: string): string {
  const [hour = '0', minutes = '00'] = time.split(':');
  return `${(Number(hour) + 1) % 24}:${minutes}`;
}

/** With a hyphen between its ends, whatever stands there. */
function asSpan(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replaceAll(/ {0,3}(?:-|–|—|\.\.\.?|\bto\b|\buntil\b|\bbis\b) {0,3}/g, '-');
}

const DAY = String.raw`(\d{4})[-./]?(\d{2})[-./]?(\d{2})`;
const DAY_SPAN = new RegExp(String.raw`^${DAY} {0,3}(?:\.{2,3}|-|–|—|/|,|to|:) {0,3}${DAY}$`);
const ONE_DAY = new RegExp(`^${DAY}$`);

function dateAdvice(value: string): string | undefined {
  const text = value.trim();
  const span = DAY_SPAN.exec(text);
  if (span !== null) {
    const [from, to] = [span.slice(1, 4).join('-'), span.slice(4, 7).join('-')];
    if (from > to) return `"${value}": its end is before its beginning; write ${to}..${from}`;
    return from.includes('00') || text === `${from}..${to}` ? undefined : say(value, `${from}..${to}`);
  }
  const day = ONE_DAY.exec(text)
    ?.slice(1)
    .map((part) => part.padStart(2, '0'))
    .join('-');
  if (day !== undefined) return day === text ? undefined : say(value, day);
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/.test(text)) {
    const [first = 0, second = 0, year] = text.split(/[./-]/).map(Number);
    const [month, day] = first > 12 ? [second, first] : [first, second];
    const isCertain = month <= 12 && day > 12 && day <= 31;
    const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    return isCertain ? say(value, iso) : `"${value}" could be two days; write the year first, as in 2026-11-23`;
  }
  if (!/^\d{4}-\d{2}-\d{2}[T ]/.test(text)) return undefined;
  return `"${value}" has a time; write the day (${text.slice(0, 10)}), and a condition on hour`;
}

function say(value: string, written: string): string {
  return `"${value}" is not understood; write ${written}`;
}

function wordsFor(name: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, name]));
}
