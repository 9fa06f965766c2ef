import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';
import { ownCopy } from '../text/own-copy.js';
import type { InAppName } from '../vocabulary/in-app-names.js';
import { appNamedIn } from './in-app.js';

/** What a longer text says after this is ignored, so that every caller gets the same answer. The spool keeps as much. */
const MAX_LENGTH = 1_024;

// The expressions take microseconds for each text, and a day's traffic has a few thousand different ones.
const answers = new LRUCache<string, boolean>({
  max: 10_000,
  maxSize: 1_500_000, // characters: a usual text has 150
  sizeCalculation: (_answer, text) => text.length,
});

/**
 * Programs by words that no browser uses, wherever they stand. They are asked first: a preview of iMessage calls itself
 * Safari, and Facebook's and KakaoTalk's fetchers name their apps.
 */
const PROGRAM_WORDS = new RegExp(
  [
    String.raw`(?<!cu)bots?(?:\b|_)`,
    'spider|crawl|scrap(?:e|y|ing|\\/)|headless|preview|lighthouse',
    'externalhit|facebookcatalog|meta-external|meta-webindexer|line-poker',
    // Office and Outlook open a link themselves, to see what it is, before the person's browser does.
    String.raw`\bms-office\b|\bMSOffice\b|Microsoft[ .]Outlook|Microsoft Office|MacOutlook|WindowsPowerShell`,
    'Google-(?:Read-Aloud|InspectionTool|Safety|Site-Verification)|GoogleImageProxy|YahooMailProxy',
    'barracuda|mimecast|proofpoint|safelinks|forcepoint|messagelabs|trendmicro|urlscan|virustotal',
  ].join('|'),
  'i',
);

/** Programs whose text does not begin with `Mozilla/`, as that of a browser does: messengers' previews, libraries, mail programs. */
const PLAIN_PROGRAMS =
  /^(?:Viber|WhatsApp|Outlook|Microsoft|Skype|Teams|Signal|Dart|VLC|Lavf)\b|\bCFNetwork\b|\bDarwin\/|\bokhttp\b|\bAlamofire\//i;

/** Android's own HTTP client, which previews are fetched with. Behind it, apps name themselves: those are their browsers. */
const ANDROID_CLIENT = /^Dalvik\//i;

/** In these a text that does not begin with `Mozilla/` proves nothing: their programs write the same. */
const NEEDS_BROWSER_TEXT: ReadonlySet<InAppName> = new Set<InAppName>([
  'WhatsApp',
  'Viber',
  'LINE',
  'Reddit',
  'Discord',
  'Google',
]);

/** Browsers of people that isbot takes for programs, because of a word in their name. */
const MISJUDGED_BROWSERS = /^MAUI WAP Browser|\bSogou(?:MobileBrowser|MSE)\b|\bQQDownload\b/;
/** The same of apps, which add their name to the text of the system's web view: news readers, scanners of QR codes. */
const MISJUDGED_APPS = /news|\bQR\w*scan/i;
const WEB_VIEW = /; wv\)|\(iP(?:hone|ad|od)[;)]/;
/** The name of a phone may be any word, such as "Discovery". */
const PHONE_NAME = /\((Linux; (?:U; )?Android [\w.]+);[^()]*\)/;

/** Whether a user agent is a program's: nobody looks at what it fetches. An empty text is a program's as well. */
export function isProgram(userAgent: string): boolean {
  if (userAgent === '') return true; // isbot takes it for a browser
  const text = userAgent.length > MAX_LENGTH ? userAgent.slice(0, MAX_LENGTH) : userAgent;
  let answer = answers.get(text);
  if (answer === undefined) {
    answer = judge(text);
    answers.set(ownCopy(text), answer);
  }
  return answer;
}

/** The app whose built-in browser it is; a program that names an app is none. */
export function inAppOf(userAgent: string): InAppName | undefined {
  const app = appNamedIn(userAgent);
  return app === undefined || isProgram(userAgent) ? undefined : app;
}

function judge(userAgent: string): boolean {
  if (PROGRAM_WORDS.test(userAgent)) return true;
  const isBrowserText = /^Mozilla\/\d/i.test(userAgent);
  if (!isBrowserText && PLAIN_PROGRAMS.test(userAgent)) return true;
  const app = appNamedIn(userAgent);
  if (app !== undefined && (isBrowserText || !NEEDS_BROWSER_TEXT.has(app))) return false;
  if (ANDROID_CLIENT.test(userAgent)) return true;
  if (MISJUDGED_BROWSERS.test(userAgent)) return false;
  if (!isBrowserText) return isbot(userAgent) || !/[a-z\d]/i.test(userAgent);
  if (WEB_VIEW.test(userAgent) && MISJUDGED_APPS.test(userAgent)) return false;
  return isbot(userAgent.replace(PHONE_NAME, '($1; K)'));
}
