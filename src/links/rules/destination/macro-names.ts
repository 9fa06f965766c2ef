import { nearestWord } from '../../../platform/vocabulary/nearest-word.js';
import { MACRO_NAMES } from './macros.js';

/** Names of our macros in other systems, in lower case and without separators. */
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
  ...MACRO_NAMES.map((name) => [normalizeName(name), name] as const),
  ...Object.entries(OTHER_NAMES).flatMap(([name, others]) => others.map((other) => [other, name] as const)),
]);

/** Names of values that networks and ad platforms put into links. They arrive as query parameters of the visit. */
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
  /** True when the name is a known synonym, not just similar. */
  isKnown: boolean;
}

/**
 * The macro for a name of another system (`clickid`, `AFF_SUB2`, `keyword`) or for a misspelt one.
 * `undefined` for an unknown name.
 */
export function suggestMacro(name: string): MacroSuggestion | undefined {
  const plain = normalizeName(name);
  if (plain === '') return undefined;
  const own = byOtherName.get(plain) ?? subName(plain);
  if (own !== undefined) return { macro: `{${own}}`, isKnown: true };
  if (PASSED_ON.has(plain) || /^utm(?:source|medium|campaign|term|content|id)$/.test(plain)) {
    return { macro: `{query:${name.toLowerCase().replaceAll(/[^\w.-]/g, '_')}}`, isKnown: true };
  }
  const near = nearestWord(name, MACRO_NAMES);
  return near === undefined ? undefined : { macro: `{${near}}`, isKnown: false };
}

/** True for a name that is used for click ids only, and not as an everyday word. */
export function isClickIdName(name: string): boolean {
  return byOtherName.get(normalizeName(name)) === CLICK_ID;
}

/** `subid3`, `aff_sub3`, `s3`, `p3`, `var3`, `custom3`: sub3. */
function subName(name: string): string | undefined {
  const number =
    /^(?:(?:aff|pub|click|t|traffic)?sub(?:id)?|[spcv]|var|param|custom|customvar|extra|data|token)([1-9]|10)$/.exec(
      name,
    );
  return number?.[1] === undefined ? undefined : `sub${number[1]}`;
}

function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.:-]/g, '');
}

function list(words: string): string[] {
  return words.split(' ');
}
