/** The apps that open links in a browser of their own and say so in its user agent, in the order in which they are tried. */
const RULES = [
  ['Instagram', /\bInstagram[ /]/],
  ['Threads', /\bBarcelona [\d.]+/],
  ['Messenger', /\bFBAN\/Messenger|\bOrca-Android/],
  ['Facebook', /\bFBAN\/|\bFBAV\/|\bFB_IAB\//],
  ['TikTok', /\bmusical_ly|\btrill_|BytedanceWebview|\bTikTok\b/i],
  // On Android it is stuck to what is before it: `Safari/537.36Snapchat/12.93`.
  ['Snapchat', /Snapchat[ /]?\d/],
  ['Pinterest', /\[Pinterest\//i],
  ['LinkedIn', /\bLinkedInApp\b/i],
  ['X', /\bTwitter(?:Android| for )/],
  ['WeChat', /\bMicroMessenger\//i],
  ['LINE', /\bLine\/\d/i],
  ['KakaoTalk', /\bKAKAOTALK\b/i],
  ['Telegram', /\bTelegram(?:-Android)?\//i],
  ['WhatsApp', /\bWhatsApp\//i],
  ['Viber', /\bViber\//i],
  ['Reddit', /\bReddit\//i],
  ['Discord', /\bDiscord\//i],
  ['VK', /\bVK(?:AndroidApp|iOSApp|_Client)\b|\bvkclient/i],
  ['Zalo', /\bZalo\b/i],
  ['QQ', /\bQQ\/\d/],
  ['Weibo', /\bWeibo\b|__weibo__/i],
  ['Alipay', /\bAlipayClient\//i],
  ['Naver', /\bNAVER\(/],
  ['Google', /\bGSA\/\d/],
] as const satisfies readonly (readonly [name: string, pattern: RegExp])[];

export type InAppName = (typeof RULES)[number][0];

/** Every name that `inAppOf` can give. */
export const IN_APP_NAMES: readonly InAppName[] = RULES.map(([name]) => name);

/**
 * The app whose built-in browser it is. Programs that fetch previews name the same apps (`WhatsApp/2.23`), but are no
 * `Mozilla/…`, as all browsers call themselves.
 */
export function inAppOf(userAgent: string): InAppName | undefined {
  if (!userAgent.startsWith('Mozilla/')) return undefined;
  return RULES.find(([, pattern]) => pattern.test(userAgent))?.[0];
}
