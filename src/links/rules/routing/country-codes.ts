/** ISO 3166-1 alpha-2, and XK (Kosovo), which geo databases use. */
const CODES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI ' +
    'CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ ' +
    'GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS ' +
    'LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG ' +
    'PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK ' +
    'TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/** Common wrong codes for countries, and the right ones. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  UK: 'GB',
  EL: 'GR',
  EN: 'GB',
  SU: 'RU',
  YU: 'RS',
  TP: 'TL',
  ZR: 'CD',
  BU: 'MM',
  DD: 'DE',
  USA: 'US',
  GBR: 'GB',
  ENG: 'GB',
  UAE: 'AE',
  ARE: 'AE',
  DEU: 'DE',
  GER: 'DE',
  FRA: 'FR',
  ESP: 'ES',
  ITA: 'IT',
  PRT: 'PT',
  NLD: 'NL',
  NED: 'NL',
  HOL: 'NL',
  BEL: 'BE',
  AUT: 'AT',
  CHE: 'CH',
  SUI: 'CH',
  SWE: 'SE',
  NOR: 'NO',
  DNK: 'DK',
  FIN: 'FI',
  POL: 'PL',
  CZE: 'CZ',
  HUN: 'HU',
  ROU: 'RO',
  GRC: 'GR',
  TUR: 'TR',
  UKR: 'UA',
  RUS: 'RU',
  KAZ: 'KZ',
  CAN: 'CA',
  MEX: 'MX',
  BRA: 'BR',
  ARG: 'AR',
  CHL: 'CL',
  COL: 'CO',
  PER: 'PE',
  AUS: 'AU',
  NZL: 'NZ',
  IND: 'IN',
  CHN: 'CN',
  JPN: 'JP',
  KOR: 'KR',
  THA: 'TH',
  VNM: 'VN',
  IDN: 'ID',
  PHL: 'PH',
  MYS: 'MY',
  SGP: 'SG',
  ZAF: 'ZA',
  RSA: 'ZA',
  NGA: 'NG',
  EGY: 'EG',
  KSA: 'SA',
  SAU: 'SA',
  IRL: 'IE',
  ISR: 'IL',
};

/** Groups of countries, which are not the country of any visitor. */
const GROUPS: Readonly<Record<string, string>> = {
  EU: 'AT, BE, BG, HR, CY, CZ, DK, EE, FI, FR, DE, GR, HU, IE, IT, LV, LT, LU, MT, NL, PL, PT, RO, SK, SI, ES, SE',
  EEA: 'the EU countries, IS, LI and NO',
  DACH: 'DE, AT, CH',
  BENELUX: 'BE, NL, LU',
  LATAM: 'its countries, such as BR, MX, AR, CO, CL, PE',
  GCC: 'AE, BH, KW, OM, QA, SA',
  CIS: 'its countries, such as KZ, UZ, BY, AM, AZ, KG, MD, TJ',
  AP: 'its countries, such as JP, KR, SG, AU',
  WW: '"notIn" with ["unknown"], or no condition on the country',
};

/** The problem of a value that is no country code, with the right value; `undefined` for a valid code. Ignores case. */
export function countryProblem(value: string): string | undefined {
  const code = value.toUpperCase();
  if (CODES.has(code) || code === 'UNKNOWN') return undefined;
  const bare = code.replaceAll(/[\s.]/g, '');
  const known = CODES.has(bare) ? bare : undefined;
  const other = known ?? (Object.hasOwn(OTHER_CODES, bare) ? OTHER_CODES[bare] : codeOfName(value));
  if (other !== undefined) return `"${value}" is not an ISO 3166 country code; write ${other}`;
  const group = Object.hasOwn(GROUPS, code) ? GROUPS[code] : undefined;
  if (group !== undefined) return `"${value}" is no country; write ${group}`;
  if (/^[A-Z]{2}[-_]\w{1,3}$/.test(code))
    return `"${value}" is a region; write ${code.slice(0, 2)}, or a condition on region`;
  return `"${value}" is not a country code of two letters (ISO 3166) such as DE`;
}

let names: ReadonlyMap<string, string> | undefined;

/** `Germany`, `united kingdom` */
function codeOfName(name: string): string | undefined {
  if (name.length < 4) return undefined;
  const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  names ??= new Map([...CODES].map((code) => [normalize(display.of(code) ?? code), code]));
  return names.get(normalize(name)) ?? COMMON_NAMES.get(normalize(name));
}

const COMMON_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    england: 'GB',
    greatbritain: 'GB',
    britain: 'GB',
    scotland: 'GB',
    america: 'US',
    unitedstatesofamerica: 'US',
    holland: 'NL',
    turkey: 'TR',
    russianfederation: 'RU',
    czechrepublic: 'CZ',
    southkorea: 'KR',
    korea: 'KR',
    deutschland: 'DE',
  }),
);

function normalize(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-zà-ÿ]/g, '');
}
