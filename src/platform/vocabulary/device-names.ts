/** The kinds of devices of a click. */
export const DEVICE_KINDS = ['desktop', 'mobile', 'tablet', 'tv', 'console', 'wearable', 'other'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

// Left: our names, by which clicks are counted. Right: the names of ua-parser-js, in lower case. All other names count
// as "other", so that the number of names is bounded.

const OS = {
  Windows: 'windows, windows iot',
  macOS: 'mac os',
  iOS: 'ios',
  Android: 'android, android-x86, android x86',
  Linux:
    'linux, gnu, ubuntu, kubuntu, xubuntu, lubuntu, debian, raspbian, mint, fedora, centos, red hat, redhat, suse, opensuse, ' +
    'arch, manjaro, gentoo, slackware, mageia, mandriva, deepin, elementary os',
  'Chrome OS': 'chromium os',
  HarmonyOS: 'harmonyos, openharmony',
  KaiOS: 'kaios',
  Tizen: 'tizen',
  webOS: 'webos',
  watchOS: 'watchos',
  Chromecast: 'chromecast',
  PlayStation: 'playstation',
  Xbox: 'xbox',
  Nintendo: 'nintendo',
  'Windows Phone': 'windows phone, windows phone os, windows mobile',
  BlackBerry: 'blackberry, rim tablet os',
  Symbian: 'symbian, series40',
  BSD: 'freebsd, openbsd, netbsd, dragonfly',
} as const;

const BROWSERS = {
  Chrome: 'chrome, chromium, chrome headless',
  Safari: 'safari, mobile safari',
  Edge: 'edge',
  Firefox: 'firefox, firefox focus, firefox reality, klar, fennec, librewolf, waterfox, iceweasel',
  'Samsung Internet': 'samsung internet',
  Opera: 'opera, opera gx, opera touch, opera mobi, opera tablet, opera coast',
  'Opera Mini': 'opera mini',
  'Android WebView': 'chrome webview',
  'iOS WebView': 'ios webview',
  'Android Browser': 'android browser',
  Brave: 'brave',
  Vivaldi: 'vivaldi',
  DuckDuckGo: 'duckduckgo',
  'Yandex Browser': 'yandex',
  'UC Browser': 'ucbrowser',
  'QQ Browser': 'qqbrowser, qqbrowserlite',
  'Huawei Browser': 'huawei browser',
  'Mi Browser': 'miui browser',
  'Vivo Browser': 'vivo browser',
  'HeyTap Browser': 'heytap',
  'Naver Whale': 'whale',
  'Coc Coc': 'coc coc',
  Quark: 'quark',
  Baidu: 'baidu',
  Sogou: 'sogou explorer, sogou mobile',
  Puffin: 'puffin',
  'Amazon Silk': 'silk',
  'Meta Quest Browser': 'oculus browser',
  'Internet Explorer': 'ie, iemobile',
} as const;

export type OsName = keyof typeof OS | 'other';
export type BrowserName = keyof typeof BROWSERS | 'other';

/** Every operating system that a click can have. */
export const OS_NAMES = [...Object.keys(OS), 'other'] as readonly OsName[];
/** Every browser that a click can have. */
export const BROWSER_NAMES = [...Object.keys(BROWSERS), 'other'] as readonly BrowserName[];

const osByAlias = byAlias(OS);
const browserByAlias = byAlias(BROWSERS);

/** Our name for an operating system as ua-parser-js names it. */
export function osName(parsed: string | undefined): OsName {
  return osByAlias.get(parsed?.toLowerCase() ?? '') ?? 'other';
}

/** Our name for a browser as ua-parser-js names it. */
export function browserName(parsed: string | undefined): BrowserName {
  return browserByAlias.get(parsed?.toLowerCase() ?? '') ?? 'other';
}

function byAlias<Name extends string>(names: Readonly<Record<Name, string>>): ReadonlyMap<string, Name> {
  const entries = Object.entries(names) as [Name, string][];
  return new Map(entries.flatMap(([name, aliases]) => aliases.split(', ').map((alias) => [alias, name] as const)));
}
