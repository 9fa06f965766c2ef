import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inAppOf, isProgram } from './is-program.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90';
const ANDROID = `Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) ${WEBKIT} Version/4.0 Chrome/126.0 Mobile Safari/537.36`;
const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`;

describe('people', () => {
  it.each([
    '[FBAN/FBIOS;FBAV/468.1.0.45.74;FBBV/606212345;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]',
    '[FBAN/FBIOS;FBDV/iPad13,1;FBMD/iPad;FBSN/iPadOS;FBSV/16.1;FBID/tablet]',
    '[FBAN/FB4A;FBAV/567.1.0.52.74;FBDM/{density=3.0,width=1080,height=2340};FBCR/NL KPN;FBMF/Google;FBBD/google;FBPN/com.facebook.katana;FBDV/Pixel 7;FBSV/14;FBCA/arm64-v8a:;]',
    'FBAN/FBIOS;FBAV/156.0.0.41.95;FBDV/iPhone9,1;FBSN/iOS;FBSV/11.2.5',
    '[FB_IAB/FB4A;FBAV/468.0.0.54.85;]',
    '[FBAN/MessengerLiteForiOS;FBAV/466.0.0.35.108;FBDV/iPhone15,3;FBSN/iOS;FBSV/17.5]',
    'Dalvik/2.1.0 (Linux; U; Android 12; SM-A125F Build/SP1A.210812.016) [FBAN/FB4A;FBAV/403.0.0.27.81;FBDV/SM-A125F;FBSV/12;]',
    'Instagram 300.0.0.14.109 (iPhone15,3; iOS 17_0; en_US; en; scale=3.00; 1290x2796; 512345678)',
    'Instagram 336.0.0.35.90 Android (34/14; 480dpi; 1080x2115; samsung; SM-S911B; dm1q; qcom; de_DE; 613456789)',
    'Barcelona 335.0.0.28.107 (iPhone15,3; iOS 17_5_1; en_US; en; scale=3.00; 1290x2796)',
    'Snapchat/12.94.0.42 (iPhone15,3; iOS 17.5.1; gzip)',
    'com.zhiliaoapp.musically/2022309010 (Linux; U; Android 12; en_US; Pixel 6; Build/SP1A; Cronet/TTNetVersion:5f9640e3)',
    'musical_ly_35.1.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en BytedanceWebview/d8a21c6',
    'Telegram-Android/11.1.3 (Samsung SM-S911B; Android 14; SDK 34; HIGH)',
    'Line/14.9.1 (iPhone; iOS 17.5; Scale/3.00)',
    'KAKAOTALK 10.4.3 (iPhone; iOS 17.5)',
    'MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN iOS/17.5',
    '[Pinterest/iOS]',
    'LinkedInApp/9.29.6872 (iPhone; iOS 17.5)',
    'Twitter for iPhone/10.46 iOS/17.5.1 (Apple;iPhone15,3;;;;;1;2018)',
    'TwitterAndroid/10.46.0-release.0 (310460000-r-0) Pixel 7/14 (Google;Pixel 7;google;panther;0;;1;2015)',
    'VKAndroidApp/8.88-22222 (Android 14; SDK 34; arm64-v8a; samsung SM-S911B; ru; 2115x1080)',
  ])('K12 the built-in browser of an app, without Mozilla, is a person’s: %s', (userAgent) => {
    expect(isProgram(userAgent)).toBe(false);
    expect(inAppOf(userAgent)).toBeDefined();
  });

  it.each([
    'Opera/9.80 (J2ME/MIDP; Opera Mini/4.2.13221/25.623; U; en) Presto/2.5.25 Version/10.54',
    'Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16',
    'UCWEB/2.0 (MIDP-2.0; U; Adr 9; id; SM-J600G) U2/1.0.0 UCBrowser/12.13.2.1208 U2/1.0.0 Mobile',
    'Nokia6300/2.0 (05.00) Profile/MIDP-2.0 Configuration/CLDC-1.1',
    'SAMSUNG-GT-C3322/1.0 NetFront/4.2 Profile/MIDP-2.0 Configuration/CLDC-1.1',
    'BlackBerry8520/5.0.0.681 Profile/MIDP-2.1 Configuration/CLDC-1.1 VendorID/600',
    'MOT-V9mm/00.62 UP.Browser/6.2.3.4.c.1.123 (GUI) MMP/2.0',
    'DoCoMo/2.0 N905i(c100;TB;W24H16)',
    'MAUI WAP Browser',
  ])('K12 a browser of a simple phone is a person’s: %s', (userAgent) => {
    expect(isProgram(userAgent)).toBe(false);
  });

  it.each([
    WINDOWS,
    `${IPHONE} Viber/22.5.0.1`,
    `${IPHONE} WhatsApp/24.1`,
    `${ANDROID} [FB_IAB/FB4A;FBAV/1.0;FBCR/A|B;]`,
    `${ANDROID} [FB_IAB/FB4A;FBAV/468.0.0.54.85;FBMF/CUBOT;FBDV/X50;]`,
    `${ANDROID} trill_2023501030 JsSdk/1.0 Channel/googleplay AppName/musical_ly BytedanceWebview/d8a21c6`,
    `${IPHONE} SmartNews/23.1`,
    `${ANDROID} NewsBreak/23.4`,
    `${ANDROID} QRScanner/2.1`,
    `${IPHONE} SogouMobileBrowser/5.11`,
    'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; QQDownload 713; SE 2.X MetaSr 1.0)',
    `Mozilla/5.0 (Linux; Android 14; DISCOVERY X) ${WEBKIT} Chrome/126.0 Mobile Safari/537.36`,
    `Mozilla/5.0 (Linux; Android 12; CUBOT X50) ${WEBKIT} Chrome/126.0 Mobile Safari/537.36`,
  ])('K12 a browser with a word that programs have in their names is a person’s: %s', (userAgent) => {
    expect(isProgram(userAgent)).toBe(false);
  });
});

describe('programs', () => {
  it.each([
    'Viber/13.3.0.22',
    'Viber/20.9.0.8 CFNetwork/1410.0.3 Darwin/22.6.0',
    'Viber/13.9.0 (Linux; Android 10)',
    'WhatsApp/2.23.20.0',
    'WhatsApp/2.24.1.78 i',
    'TelegramBot (like TwitterBot)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'facebookcatalog/1.0',
    'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
    'facebookexternalhit/1.1;line-poker/1.0',
    'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots',
    'Pinterest/0.2 (+https://www.pinterest.com/bot.html)',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1',
    'Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F Build/PPR1.180610.011)',
    'Dalvik/1.6.0 (Linux; U; Android 4.4.2; GT-I9505)',
    'Messenger/1.0 CFNetwork/1410.0.3 Darwin/22.6.0',
  ])('K12 what fetches a preview of a link is a program: %s', (userAgent) => {
    expect(isProgram(userAgent)).toBe(true);
    expect(inAppOf(userAgent)).toBeUndefined();
  });

  it.each([
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12026; Pro)',
    'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
    'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.4266; ms-office; MSOffice 16)',
    'Microsoft Office Existence Discovery',
    'Microsoft Office Protocol Discovery',
    'Outlook-iOS/709.2226530.prod.iphone (3.24.1)',
    'MacOutlook/16.77.0.23081305 (Intelx64 Mac OS X 13.5)',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b',
    'Mozilla/5.0 (compatible; Barracuda)',
    'MimecastURLScanner',
    'Mozilla/5.0 (compatible; proofpoint)',
    'Microsoft Safelinks',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  ])('K12 what looks into mails is a program: %s', (userAgent) => {
    expect(isProgram(userAgent)).toBe(true);
  });

  it.each([
    '',
    'Mozilla/5.0',
    '-',
    '🙂',
    'curl/8.5.0',
    'Wget/1.21.4',
    'python-requests/2.32.0',
    'Go-http-client/2.0',
    'axios/1.7.2',
    'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)',
    'PostmanRuntime/7.39.0',
    'Java/17.0.2',
    'okhttp/4.12.0',
    'Dart/3.3 (dart:io)',
    'Apache-HttpClient/4.5.13 (Java/11.0.2)',
    `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/126.0 Safari/537.36`,
    'Mozilla/5.0 (compatible; Google-InspectionTool/1.0)',
    'AdsBot-Google (+http://www.google.com/adsbot.html)',
    `Mozilla/5.0 (Linux; Android 5.0) ${WEBKIT} Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)`,
    'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1237',
    'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
    'GoogleStackdriverMonitoring-UptimeChecks(https://cloud.google.com/monitoring)',
    'ELB-HealthChecker/2.0',
    `${WINDOWS} Google-Read-Aloud`,
  ])('K12 a library, a crawler or a monitor is a program: %s', (userAgent) => {
    expect(isProgram(userAgent)).toBe(true);
  });
});

describe('any user agent', () => {
  const word = fc.constantFrom(
    'Mozilla/5.0',
    'Dalvik/2.1.0',
    '[FBAN/FBIOS;',
    'Viber/',
    '(Linux; Android 9; ',
    ')',
    '; wv)',
    'bot',
    '\ud800',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 2_000 }),
    fc.array(fc.oneof(word, fc.string({ maxLength: 9 })), { maxLength: 200 }).map((words) => words.join('')),
  );

  it('has one answer, the same again, whatever stands behind its first 1,024 characters', () => {
    fc.assert(
      fc.property(text, fc.string(), (userAgent, more) => {
        const answer = isProgram(userAgent);
        expect(isProgram(userAgent)).toBe(answer);
        if (userAgent.length >= 1_024) expect(isProgram(userAgent + more)).toBe(answer);
        if (answer) expect(inAppOf(userAgent)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});
