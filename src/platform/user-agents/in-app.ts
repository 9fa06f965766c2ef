import { IN_APP_NAMES, type InAppName } from '../vocabulary/in-app-names.js';

/** How each app names itself in the user agent of its built-in browser. */
const PATTERNS: Record<InAppName, RegExp> = {
  Instagram: /\bInstagram[ /]\d/,
  Threads: /\bBarcelona [\d.]+/,
  Messenger: /\bFBAN\/Messenger|\bOrca-Android|\bFB_IAB\/MESSENGER/,
  Facebook: /\bFBAN\/|\bFBAV\/|\bFB_IAB\//,
  TikTok: /\bmusical_ly|\btrill_|BytedanceWebview|\bTikTok\b|^com\.zhiliaoapp\.musically|^com\.ss\.android\.ugc\./i,
  // On Android there is no space before it: `Safari/537.36Snapchat/12.93`.
  Snapchat: /Snapchat[ /]?\d/,
  Pinterest: /\[Pinterest\/|^Pinterest for (?:iOS|iPhone|iPad|Android)\b/i,
  LinkedIn: /\bLinkedInApp\b/i,
  X: /\bTwitter(?:Android\b|[ -]for |-iPhone\b|-iPad\b)/,
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

/** The app that a user agent names. Programs that fetch previews name apps as well; see is-program.ts. */
export function appNamedIn(userAgent: string): InAppName | undefined {
  return IN_APP_NAMES.find((name) => PATTERNS[name].test(userAgent));
}
