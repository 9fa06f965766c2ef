import { nearestWord } from '../../../platform/vocabulary/nearest-word.js';
import { MACRO_NAMES } from './macros.js';

/** What others call our macros, in lower case and without marks between the words. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  click_id: list(
    'clickid clkid clid cid click clickuuid clickguid clickhash clickkey clicktoken clickref clickcode affclickid affclick affsub ' +
      'affsubid subid transactionid transid txnid txid tid externalid extclickid externalclickid visitid visitorid hitid ' +
      'sessionid requestid reqid uniqueid uniqid uid trackingid trackid track cnvid conversionid leadid refid',
  ),
  source: list(
    'src trafficsource trafficsourceid sourceid sourcename sitesource sitesourcename siteid sitename site zoneid zone ' +
      'publisherid publisher pubid pub affid affiliateid affiliate placement placementid channel',
  ),
  campaign: list('campaignid campaignname cmp cmpid cmpname camp campid'),
  country: list('countrycode countryiso geo geocode cc'),
  region: list('regionname state statecode'),
  city: list('cityname'),
  language: list('lang languagecode locale'),
  device: list('devicetype devicename devicekind platform'),
  os: list('osname operatingsystem'),
  browser: list('browsername'),
  ip: list('ipaddress clientip userip remoteip'),
  user_agent: list('ua useragentstring'),
  referrer: list('referer ref refererurl referrerurl refurl'),
  timestamp: list('time ts unixtime unixtimestamp epoch datetime date now'),
  random: list('rand rnd rnd1 cachebuster cachebust cb randomnumber ord nonce'),
  link_id: list('linkid offerid campaignlinkid'),
};
const CLICK_ID = 'click_id';

const byOtherName = new Map<string, string>([
  ...MACRO_NAMES.map((name) => [plainName(name), name] as const),
  ...Object.entries(OTHER_NAMES).flatMap(([name, others]) => others.map((other) => [other, name] as const)),
]);

/** Values that networks and ad platforms put into links, which reach us as parameters of the visit, if at all. */
const PASSED_ON = new Set(
  list(
    'gclid gbraid wbraid fbclid ttclid msclkid yclid dclid twclid epik scclid keyword keywords creative creativeid adgroupid adgroup ' +
      'adsetid adsetname adset adid adname ad matchtype network adposition targetid target feeditemid loc locphysicalms ' +
      'locinterestms devicemodel productid bannerid banner zonename cost bid cpc price lpurl landingpage offer offername ' +
      'extraparam1 advertiserid appname bundle idfa gaid udid carrier isp connectiontype',
  ),
);

export interface MacroSuggestion {
  /** With its braces. */
  macro: string;
  /** The name is one that is used for it, not just one that looks similar. */
  isKnown: boolean;
}

/**
 * The macro of ours that a name of others stands for: `clickid`, `AFF_SUB2`, `keyword`; or one that it is a slip of.
 * `undefined` for a name that says nothing.
 */
export function suggestMacro(name: string): MacroSuggestion | undefined {
  const plain = plainName(name);
  if (plain === '') return undefined;
  const own = byOtherName.get(plain) ?? subName(plain);
  if (own !== undefined) return { macro: `{${own}}`, isKnown: true };
  if (PASSED_ON.has(plain) || /^utm(?:source|medium|campaign|term|content|id)$/.test(plain)) {
    return { macro: `{query:${name.toLowerCase().replaceAll(/[^\w.-]/g, '_')}}`, isKnown: true };
  }
  const near = nearestWord(name, MACRO_NAMES);
  return near === undefined ? undefined : { macro: `{${near}}`, isKnown: false };
}

/** Whether the name is one of those that click ids go by, and not a word of everyday use as well. */
export function isClickIdName(name: string): boolean {
  return byOtherName.get(plainName(name)) === CLICK_ID;
}

/** `subid3`, `aff_sub3`, `s3`, `p3`, `var3`, `custom3`: sub3. */
function subName(plain: string): string | undefined {
  const number =
    /^(?:(?:aff|pub|click|t|traffic)?sub(?:id)?|[spcv]|var|param|custom|customvar|extra|data|token)([1-9]|10)$/.exec(
      plain,
    );
  return number?.[1] === undefined ? undefined : `sub${number[1]}`;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.:-]/g, '');
}

function list(words: string): string[] {
  return words.split(' ');
}
