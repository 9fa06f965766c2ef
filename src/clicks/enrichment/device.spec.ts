import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROWSER_NAMES, DEVICE_KINDS, OS_NAMES } from '../../platform/vocabulary/device-names.js';
import { DeviceReader } from './device.js';
import { IN_APP_NAMES } from '../../platform/vocabulary/in-app-names.js';

const reader = new DeviceReader();
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID_WEBVIEW = `Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) ${WEBKIT} Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36`;

describe('browsers on computers', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Windows', 'Chrome'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
      'Windows',
      'Edge',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/138.0.0.0 Safari/537.36 OPR/122.0.0.0`,
      'Windows',
      'Opera',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/136.0.0.0 YaBrowser/25.6.0.0 Safari/537.36`,
      'Windows',
      'Yandex Browser',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Windows', 'Firefox'],
    ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Windows', 'Internet Explorer'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
      'macOS',
      'Safari',
    ],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'macOS', 'Chrome'],
    ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Linux', 'Firefox'],
    ['Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', 'Linux', 'Firefox'],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36`, 'Chrome OS', 'Chrome'],
    ['Mozilla/5.0 (X11; FreeBSD amd64; rv:128.0) Gecko/20100101 Firefox/128.0', 'BSD', 'Firefox'],
  ])('%s', (userAgent, os, browser) => {
    expect(reader.read(userAgent)).toEqual({ device: 'desktop', os, browser });
  });
});

describe('phones and tablets', () => {
  it.each([
    [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 'mobile', 'iOS', 'Safari'],
    [`${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, 'mobile', 'iOS', 'Chrome'],
    [`${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 'mobile', 'iOS', 'Firefox'],
    [`${IPHONE} Version/17.0 EdgiOS/126.0.2592.56 Mobile/15E148 Safari/605.1.15`, 'mobile', 'iOS', 'Edge'],
    [`${IPHONE} Mobile/15E148`, 'mobile', 'iOS', 'iOS WebView'],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`,
      'mobile',
      'Android',
      'Chrome',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-S911B) ${WEBKIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
      'mobile',
      'Android',
      'Samsung Internet',
    ],
    ['Mozilla/5.0 (Android 14; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0', 'mobile', 'Android', 'Firefox'],
    [
      `Mozilla/5.0 (Linux; U; Android 13; en-us; M2101K6G Build/TKQ1.221013.002) ${WEBKIT} Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.10.1-gn`,
      'mobile',
      'Android',
      'Mi Browser',
    ],
    [
      `Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) ${WEBKIT} Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36`,
      'mobile',
      'HarmonyOS',
      'Huawei Browser',
    ],
    [
      'Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16',
      'mobile',
      'Android',
      'Opera Mini',
    ],
    [ANDROID_WEBVIEW, 'mobile', 'Android', 'Android WebView'],
    [
      'Mozilla/5.0 (Mobile; Nokia 2720 Flip; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5.2',
      'mobile',
      'KaiOS',
      'Firefox',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
      'tablet',
      'iOS',
      'Safari',
    ],
    [
      `Mozilla/5.0 (Linux; Android 13; SM-X700) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36`,
      'tablet',
      'Android',
      'Chrome',
    ],
    [
      `Mozilla/5.0 (Linux; Android 11; KFTRWI) ${WEBKIT} Silk/126.3.4 like Chrome/126.0.6478.122 Safari/537.36`,
      'tablet',
      'Android',
      'Amazon Silk',
    ],
  ])('%s', (userAgent, device, os, browser) => {
    expect(reader.read(userAgent)).toEqual({ device, os, browser });
  });
});

describe('televisions, consoles and other devices', () => {
  it.each([
    [`Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) ${WEBKIT} 94.0.4606.31/7.0 TV Safari/537.36`, 'tv', 'Tizen'],
    [`Mozilla/5.0 (Web0S; Linux/SmartTV) ${WEBKIT} Chrome/94.0.4606.128 Safari/537.36 WebAppManager`, 'tv', 'webOS'],
    [
      `Mozilla/5.0 (Linux; Android 9; AFTSS Build/PS7662.4087N; wv) ${WEBKIT} Version/4.0 Chrome/108.0.5359.160 Mobile Safari/537.36`,
      'tv',
      'Android',
    ],
    [
      `Mozilla/5.0 (Linux; Android 12.0; Build/STTL.240206.002) ${WEBKIT} Chrome/90.0.4430.225 Safari/537.36 CrKey/1.56.500000 DeviceType/AndroidTV`,
      'tv',
      'Android',
    ],
    [
      'Mozilla/5.0 (PlayStation; PlayStation 5/6.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15',
      'console',
      'PlayStation',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) ${WEBKIT} Chrome/120.0.0.0 Safari/537.36 Edge/44.18363.8131`,
      'console',
      'Xbox',
    ],
    [
      'Mozilla/5.0 (Nintendo Switch; WebApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474',
      'console',
      'Nintendo',
    ],
    [
      `Mozilla/5.0 (X11; Linux x86_64; Quest 3) ${WEBKIT} OculusBrowser/33.2 Chrome/126.0.6478.122 VR Safari/537.36`,
      'wearable',
      'Linux',
    ],
    [
      `Mozilla/5.0 (X11; GNU/Linux) ${WEBKIT} Chromium/79.0.3945.130 Chrome/79.0.3945.130 Safari/537.36 Tesla/2024.14.6`,
      'other',
      'Linux',
    ],
    ['curl/8.5.0', 'other', 'other'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'other', 'other'],
  ])('%s', (userAgent, device, os) => {
    expect(reader.read(userAgent)).toMatchObject({ device, os });
  });
});

describe('browsers inside apps', () => {
  it.each([
    [
      `${IPHONE} Mobile/21F90 [FBAN/FBIOS;FBAV/468.1.0.45.74;FBBV/606212345;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]`,
      'Facebook',
    ],
    [`${ANDROID_WEBVIEW} [FB_IAB/FB4A;FBAV/468.0.0.54.85;]`, 'Facebook'],
    [`${ANDROID_WEBVIEW} [FB_IAB/Orca-Android;FBAV/466.0.0.40.106;]`, 'Messenger'],
    [`${IPHONE} Mobile/21F90 [FBAN/MessengerForiOS;FBAV/466.0.0.35.108;FBBV/612345678;FBDV/iPhone15,3]`, 'Messenger'],
    [
      `${IPHONE} Mobile/21F90 Instagram 335.1.8.26.85 (iPhone15,3; iOS 17_5_1; en_US; en; scale=3.00; 1290x2796; 609775437)`,
      'Instagram',
    ],
    [
      `${ANDROID_WEBVIEW} Instagram 336.0.0.35.90 Android (34/14; 480dpi; 1080x2115; samsung; SM-S911B; dm1q; qcom; de_DE; 613456789)`,
      'Instagram',
    ],
    [
      `${IPHONE} Mobile/21F90 Barcelona 335.0.0.28.107 (iPhone15,3; iOS 17_5_1; en_US; en; scale=3.00; 1290x2796)`,
      'Threads',
    ],
    [
      `${IPHONE} Mobile/21F90 musical_ly_35.1.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US isDarkMode/1 WKWebView/1 BytedanceWebview/d8a21c6`,
      'TikTok',
    ],
    [
      `${ANDROID_WEBVIEW} trill_2023501030 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/35.1.3 ByteLocale/de-DE BytedanceWebview/d8a21c6`,
      'TikTok',
    ],
    [`${IPHONE} Mobile/21F90 Snapchat/12.94.0.42 (like Safari/8618.2.12.10.9, panda)`, 'Snapchat'],
    [`${ANDROID_WEBVIEW}Snapchat12.93.0.41 (SM-S911B; Android 14#S911BXXS3CXF2#34; gzip; )`, 'Snapchat'],
    [`${IPHONE} Mobile/21F90 [Pinterest/iOS]`, 'Pinterest'],
    [`${ANDROID_WEBVIEW} [Pinterest/Android]`, 'Pinterest'],
    [`${IPHONE} Mobile/21F90 [LinkedInApp]/9.29.6872`, 'LinkedIn'],
    [`${IPHONE} Mobile/21F90 Twitter for iPhone/10.46`, 'X'],
    [`${ANDROID_WEBVIEW} TwitterAndroid`, 'X'],
    [`${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`, 'WeChat'],
    [`${IPHONE} Mobile/15E148 Safari Line/14.9.0`, 'LINE'],
    [`${ANDROID_WEBVIEW} Line/14.9.1/IAB`, 'LINE'],
    [`${ANDROID_WEBVIEW};KAKAOTALK 2410860`, 'KakaoTalk'],
    [`${ANDROID_WEBVIEW} Telegram-Android/11.1.3 (Samsung SM-S911B; Android 14; SDK 34; HIGH)`, 'Telegram'],
    [`${IPHONE} GSA/325.0.651315672 Mobile/15E148 Safari/604.1`, 'Google'],
    [`${IPHONE} Mobile/15E148 NAVER(inapp; search; 2000; 12.7.5; 15PROMAX)`, 'Naver'],
  ])('%s', (userAgent, inApp) => {
    const isIos = userAgent.startsWith(IPHONE);
    expect(reader.read(userAgent)).toEqual({
      device: 'mobile',
      os: isIos ? 'iOS' : 'Android',
      browser: isIos ? 'iOS WebView' : 'Android WebView',
      inApp,
    });
  });

  it.each([
    'WhatsApp/2.23.20.0',
    'TelegramBot (like TwitterBot)',
    'Pinterest/0.2 (+https://www.pinterest.com/bot.html)',
  ])('are not what fetches a preview: %s', (userAgent) => {
    expect(reader.read(userAgent).inApp).toBeUndefined();
  });
});

describe('apps and phones whose text does not begin with Mozilla', () => {
  it.each([
    ['[FBAN/FBIOS;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1;FBID/phone]', 'mobile', 'iOS', 'Facebook'],
    ['[FBAN/FBIOS;FBDV/iPad13,1;FBMD/iPad;FBSN/iPadOS;FBSV/16.1;FBID/tablet]', 'tablet', 'iOS', 'Facebook'],
    ['[FBAN/FB4A;FBAV/468.0;FBMF/samsung;FBDV/SM-S911B;FBSV/14;]', 'mobile', 'Android', 'Facebook'],
    ['[FB_IAB/FB4A;FBAV/468.0.0.54.85;]', 'mobile', 'Android', 'Facebook'],
    [
      'Dalvik/2.1.0 (Linux; U; Android 11; M2101K7AG) [FBAN/Orca-Android;FBAV/380.0;]',
      'mobile',
      'Android',
      'Messenger',
    ],
    ['Instagram 300.0.0.14.109 (iPhone15,3; iOS 17_0; en_US; scale=3.00)', 'mobile', 'iOS', 'Instagram'],
    ['Instagram 336.0 Android (34/14; 480dpi; 1080x2115; samsung; SM-S911B)', 'mobile', 'Android', 'Instagram'],
    ['Snapchat/12.93.0.41 (SM-S911B; Android 14#S911BXXS3CXF2#34; gzip; )', 'mobile', 'Android', 'Snapchat'],
    ['com.zhiliaoapp.musically/2022309010 (Linux; U; Android 12; en_US; SM-G998U)', 'mobile', 'Android', 'TikTok'],
    ['musical_ly_35.1.0 JsSdk/2.0 Channel/App Store BytedanceWebview/d8a21c6', 'mobile', 'iOS', 'TikTok'],
    ['[Pinterest/Android]', 'mobile', 'Android', 'Pinterest'],
    ['Twitter for iPhone/10.46 iOS/17.5.1 (Apple;iPhone15,3)', 'mobile', 'iOS', 'X'],
    ['VKAndroidApp/8.88-22222 (Android 14; SDK 34; samsung SM-S911B)', 'mobile', 'Android', 'VK'],
  ])('K12 %s', (userAgent, device, os, inApp) => {
    expect(reader.read(userAgent)).toEqual({ device, os, browser: `${os} WebView`, inApp });
  });

  it.each([
    ['Opera/9.80 (J2ME/MIDP; Opera Mini/4.2.13221/25.623; U; en) Presto/2.5.25 Version/10.54', 'other', 'Opera Mini'],
    ['UCWEB/2.0 (MIDP-2.0; U; Adr 9; id; SM-J600G) U2/1.0.0 UCBrowser/12.13.2 Mobile', 'Android', 'UC Browser'],
    ['UCWEB/2.0 (iOS; U; iPh OS 8_1; en-US; iPh7,1) U2/1.0.0 UCBrowser/10.2.0 Mobile', 'iOS', 'UC Browser'],
    ['Nokia6300/2.0 (05.00) Profile/MIDP-2.0 Configuration/CLDC-1.1', 'Symbian', 'other'],
    ['LG-GU295/V100 Obigo/WAP2.0 Profile/MIDP-2.1 Configuration/CLDC-1.1', 'other', 'other'],
  ])('K12 a simple phone: %s', (userAgent, os, browser) => {
    expect(reader.read(userAgent)).toEqual({ device: 'mobile', os, browser });
  });
});

describe('any user agent', () => {
  it('is nothing much when it is empty', () => {
    expect(reader.read('')).toEqual({ device: 'other' });
  });

  it('gives one of few values, the same ones again, and throws nothing', () => {
    const word = fc.constantFrom(
      'Mozilla/5.0',
      'Android',
      '; wv)',
      'Line/1',
      'Safari',
      'iPhone',
      '(',
      'Tizen',
      'Bot/1',
      '🙂',
    );
    const userAgents = fc.oneof(
      fc.string({ maxLength: 700 }),
      fc.array(fc.oneof(word, fc.string({ maxLength: 9 })), { maxLength: 60 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(userAgents, (userAgent) => {
        const facts = reader.read(userAgent);
        expect(DEVICE_KINDS).toContain(facts.device);
        expect([...OS_NAMES, undefined]).toContain(facts.os);
        expect([...BROWSER_NAMES, undefined]).toContain(facts.browser);
        expect([...IN_APP_NAMES, undefined]).toContain(facts.inApp);
        expect(new DeviceReader().read(userAgent)).toEqual(facts);
      }),
      { numRuns: 60 },
    );
  });

  it('is one of at most thirty of each', () => {
    for (const names of [OS_NAMES, BROWSER_NAMES, IN_APP_NAMES]) {
      expect(names.length).toBeLessThanOrEqual(30);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
