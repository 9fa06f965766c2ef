import { IN_APP_NAMES, type InAppName } from '../../platform/vocabulary/in-app-names.js';

/** What each says of itself in its user agent. */
const PATTERNS: Record<InAppName, RegExp> = {
  Instagram: /\bInstagram[ /]/,
  Threads: /\bBarcelona [\d.]+/,
  Messenger: /\bFBAN\/Messenger|\bOrca-Android/,
  Facebook: /\bFBAN\/|\bFBAV\/|\bFB_IAB\//,
  TikTok: /\bmusical_ly|\btrill_|BytedanceWebview|\bTikTok\b/i,
  // On Android it is stuck to what is before it: `Safari/537.36Snapchat/12.93`.
  Snapchat: /Snapchat[ /]?\d/,
  Pinterest: /\[Pinterest\//i,
  LinkedIn: /\bLinkedInApp\b/i,
  X: /\bTwitter(?:Android| for )/,
  WeChat: /\bMicroMessenger\//i,
  LINE: /\bLine\/\d/i,
  KakaoTalk: /\bKAKAOTALK\b/i,
  Telegram: /\bTelegram(?:-Android)?\//i,
  WhatsApp: /\bWhatsApp\//i,
  Viber: /\bViber\//i,
  Reddit: /\bReddit\//i,
  Discord: /\bDiscord\//i,
  VK: /\bVK(?:AndroidApp|iOSApp|_Client)\b|\bvkclient/i,
  Zalo: /\bZalo\b/i,
  QQ: /\bQQ\/\d/,
  Weibo: /\bWeibo\b|__weibo__/i,
  Alipay: /\bAlipayClient\//i,
  Naver: /\bNAVER\(/,
  Google: /\bGSA\/\d/,
};

/**
 * The app whose built-in browser it is. Programs that fetch previews name the same apps (`WhatsApp/2.23`), but are no
 * `Mozilla/…`, as all browsers call themselves.
 */
export function inAppOf(userAgent: string): InAppName | undefined {
  if (!userAgent.startsWith('Mozilla/')) return undefined;
  return IN_APP_NAMES.find((name) => PATTERNS[name].test(userAgent));
}
