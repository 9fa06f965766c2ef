import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';
import { ownCopy } from '../text/own-copy.js';
import type { InAppName } from '../vocabulary/in-app-names.js';
import { appNamedIn } from './in-app.js';

/** Longer texts are cut to this length, so that every caller gets the same answer. The spool keeps the same length. */
const MAX_LENGTH = 1_024;

// The expressions take microseconds for each text, and the traffic of a day has a few thousand different texts.
const answers = new LRUCache<string, boolean>({
  max: 10_000,
  maxSize: 1_500_000, // characters: a typical text has 150
  sizeCalculation: (_answer, text) => text.length,
});

/**
 * Words of programs that no browser uses. They are checked first: a preview of iMessage names Safari, and the fetchers of
 * Facebook and KakaoTalk name their apps.
 */
const PROGRAM_WORDS = new RegExp(
  [
    String.raw`(?<!cu)bots?(?:\b|_)`,
    'spider|crawl|scrap(?:e|y|ing|\\/)|headless|preview|lighthouse',
    'externalhit|facebookcatalog|meta-external|meta-webindexer|line-poker',
    // Office and Outlook open a link themselves before they start the browser.
    String.raw`\bms-office\b|\bMSOffice\b|Microsoft[ .]Outlook|Microsoft Office|MacOutlook|WindowsPowerShell`,
    'Google-(?:Read-Aloud|InspectionTool|Safety|Site-Verification)|GoogleImageProxy|YahooMailProxy',
    'barracuda|mimecast|proofpoint|safelinks|forcepoint|messagelabs|trendmicro|urlscan|virustotal',
  ].join('|'),
  'i',
);

/** Programs whose text does not begin with `Mozilla/`, as that of a browser does: messengers' previews, libraries, mail programs. */
const PLAIN_PROGRAMS =
  /^(?:Viber|WhatsApp|Outlook|Microsoft|Skype|Teams|Signal|Dart|VLC|Lavf)\b|\bCFNetwork\b|\bDarwin\/|\bokhttp\b|\bAlamofire\//i;

/** Android's own HTTP client, which fetches previews. When an app's name follows, it is the app's browser. */
const ANDROID_CLIENT = /^Dalvik\//i;

/** For these apps a text without `Mozilla/` does not prove a browser: their programs send the same. */
const NEEDS_BROWSER_TEXT: ReadonlySet<InAppName> = new Set<InAppName>([
  'WhatsApp',
  'Viber',
  'LINE',
  'Reddit',
  'Discord',
  'Google',
]);

/** Browsers that isbot takes for programs, because of a word in their name. */
const MISJUDGED_BROWSERS = /^MAUI WAP Browser|\bSogou(?:MobileBrowser|MSE)\b|\bQQDownload\b/;
/** Apps that isbot takes for programs, by their name after the text of the system's web view: news readers, QR scanners. */
const MISJUDGED_APPS = /news|\bQR\w*scan/i;
const WEB_VIEW = /; wv\)|\(iP(?:hone|ad|od)[;)]/;
/** The name of a phone may be any word, such as "Discovery". */
const PHONE_NAME = /\((Linux; (?:U; )?Android [\w.]+);[^()]*\)/;

/** Whether the user agent is of a program, so that no person sees the answer. An empty text counts as a program. */
export function isProgram(userAgent: string): boolean {
  if (userAgent === '') return true; // isbot takes it for a browser
  const text = userAgent.length > MAX_LENGTH ? userAgent.slice(0, MAX_LENGTH) : userAgent;
  let answer = answers.get(text);
  if (answer === undefined) {
    answer = matchesProgram(text);
    answers.set(ownCopy(text), answer);
  }
  return answer;
}

/** The app whose built-in browser sends this user agent. A program that names an app does not count. */
export function inAppOf(userAgent: string): InAppName | undefined {
  const app = appNamedIn(userAgent);
  return app === undefined || isProgram(userAgent) ? undefined : app;
}

function matchesProgram(userAgent: string): boolean {
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
