import { LRUCache } from 'lru-cache';
import { UAParser } from 'ua-parser-js';
import {
  type BrowserName,
  browserName,
  type DeviceKind,
  type OsName,
  osName,
} from '../../platform/vocabulary/device-names.js';
import type { InAppName } from '../../platform/vocabulary/in-app-names.js';
import { ownCopy } from '../../platform/text/own-copy.js';
import { inAppOf } from '../../platform/user-agents/is-program.js';

/** What a user agent tells about what it runs on; each value is one of few (see device-names.ts, in-app-names.ts). */
export interface DeviceFacts {
  device: DeviceKind;
  /** Absent when there is no user agent. */
  os?: OsName;
  /** Absent when there is no user agent. In an app it is the web view of the system. */
  browser?: BrowserName;
  /** The app whose built-in browser it is. */
  inApp?: InAppName;
}

/** Parsing takes 40 µs, a known user agent 0.1 µs; some 6 MB. */
const CACHED_USER_AGENTS = 20_000;
/** All cached texts together: a usual one has 150 characters, a hostile one as many as are read. */
const CACHED_CHARACTERS = 2_000_000;
/** Longer ones are cut: what matters stands at the front, and the cache keeps them. */
const MAX_LENGTH = 500;

const NO_FACTS: DeviceFacts = Object.freeze({ device: 'other' });
const DESKTOP_SYSTEMS: ReadonlySet<OsName> = new Set<OsName>(['Windows', 'macOS', 'Linux', 'Chrome OS', 'BSD']);
const MOBILE_SYSTEMS: ReadonlySet<OsName> = new Set<OsName>(['iOS', 'Android', 'HarmonyOS', 'KaiOS', 'Windows Phone']);
const TV_SYSTEMS: ReadonlySet<OsName> = new Set<OsName>(['Tizen', 'webOS', 'Chromecast']);

/**
 * Reads user agents, and remembers those it has read. An iPad that asks for desktop sites, as they come from the shop, can
 * not be told from a Mac.
 */
export class DeviceReader {
  private readonly known = new LRUCache<string, DeviceFacts>({
    max: CACHED_USER_AGENTS,
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: (_facts, text) => text.length,
  });
  private readonly parser = new UAParser();

  read(userAgent: string): DeviceFacts {
    if (userAgent === '') return NO_FACTS;
    const text = userAgent.length > MAX_LENGTH ? userAgent.slice(0, MAX_LENGTH) : userAgent;
    let facts = this.known.get(text);
    if (!facts) {
      facts = this.parse(text);
      this.known.set(ownCopy(text), facts);
    }
    return facts;
  }

  private parse(userAgent: string): DeviceFacts {
    this.parser.setUA(userAgent);
    const os = osOf(userAgent, this.parser.getOS().name);
    const inApp = inAppOf(userAgent);
    return {
      device: isTablet(userAgent) ? 'tablet' : deviceKind(this.parser.getDevice().type, os, userAgent),
      os,
      browser: browserIn(this.parser.getBrowser().name, os, inApp),
      inApp,
    };
  }
}

// ua-parser-js reads browsers' texts. Those of apps that do not begin with `Mozilla/` say the same in words of their own.
const FEATURE_PHONE =
  /\b(?:J2ME|MIDP|CLDC|WAP2\.0|MMP\/\d)\b|\bUP\.Browser\/|\bOpera Mini\/|^DoCoMo\/|^MAUI\b|^SoftBank\//i;
const APP_SYSTEMS: readonly (readonly [OsName, RegExp])[] = [
  ['Windows', /\bFBSN\/Windows\b/],
  ['iOS', /\bFBSN\/(?:iOS|iPadOS|iPhone OS)\b|\biP(?:hone|ad|od)|\biOS\b|\biPadOS\b|\biPh ?OS\b|FBIOS|WKWebView/i],
  ['Android', /Android|\bFB4A\b|\bFBAN\/EMA\b|\bAdr \d|\bChannel\/googleplay\b|^com\.(?:zhiliaoapp|ss\.android)\./i],
  ['iOS', /\bChannel\/App Store\b/],
  ['Symbian', /SymbOS|Symbian|\bSeries ?(?:40|60)\b|^Nokia/i],
];

function osOf(userAgent: string, parsed: string | undefined): OsName {
  const isFeaturePhone = FEATURE_PHONE.test(userAgent);
  const known = osName(parsed);
  // Of `J2ME/MIDP; Opera Mini` ua-parser-js makes an iPhone.
  if (known !== 'other' && !isFeaturePhone) return known;
  if (known !== 'other' && known !== 'iOS') return known;
  return APP_SYSTEMS.find(([, words]) => words.test(userAgent))?.[0] ?? 'other';
}

function isTablet(userAgent: string): boolean {
  return !userAgent.startsWith('Mozilla/') && /\bFBID\/tablet\b|\biPad/i.test(userAgent);
}

function deviceKind(type: string | undefined, os: OsName, userAgent: string): DeviceKind {
  switch (type) {
    case 'mobile':
    case 'tablet':
    case 'console':
    case 'wearable':
      return type;
    case 'smarttv':
      return 'tv';
    case 'embedded':
      return 'other'; // cars, speakers
    default:
      if (DESKTOP_SYSTEMS.has(os)) return 'desktop';
      if (MOBILE_SYSTEMS.has(os)) return 'mobile';
      if (TV_SYSTEMS.has(os)) return 'tv';
      return os === 'Symbian' || FEATURE_PHONE.test(userAgent) ? 'mobile' : 'other';
  }
}

/** ua-parser-js names an app as its browser; which app is in `inApp`, and what draws the page is the system's web view. */
function browserIn(parsed: string | undefined, os: OsName, inApp: InAppName | undefined): BrowserName {
  if (os === 'iOS' && (inApp !== undefined || parsed === 'WebKit')) return 'iOS WebView';
  if (os === 'Android' && inApp !== undefined) return 'Android WebView';
  return browserName(parsed);
}
