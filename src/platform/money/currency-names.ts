import { isNoValue } from '../text/no-value.js';

/** Signs and letters that mean exactly one currency; lower case, without a final dot. */
const SIGNS: Readonly<Record<string, string>> = byCode({
  EUR: '€',
  RUB: '₽ р руб',
  UAH: '₴ грн',
  KZT: '₸ тг',
  TRY: '₺ tl',
  INR: '₹',
  KRW: '₩ 원',
  VND: '₫',
  ILS: '₪',
  THB: '฿',
  PHP: '₱',
  NGN: '₦',
  GHS: '₵ gh₵',
  CRC: '₡',
  PYG: '₲',
  LAK: '₭',
  MNT: '₮',
  AZN: '₼',
  GEL: '₾',
  AMD: '֏',
  KHR: '៛',
  BDT: '৳',
  BTC: '₿',
  USD: 'us$ u$s $us usd$',
  AUD: 'a$ au$ aud$',
  CAD: 'c$ ca$ can$ cad$',
  NZD: 'nz$ nzd$',
  HKD: 'hk$ hkd$',
  SGD: 's$ sg$ sgd$',
  MXN: 'mx$ mex$',
  TWD: 'nt$ tw$',
  BRL: 'r$ brl$',
  ARS: 'ar$',
  CLP: 'clp$',
  COP: 'col$ cop$',
  JPY: 'jp¥ 円',
  CNY: 'cn¥ 元',
  PLN: 'zł zl',
  CZK: 'kč kc',
  HUF: 'ft',
  BGN: 'лв',
  RON: 'lei',
  CHF: 'fr sfr',
  IDR: 'rp',
  MYR: 'rm',
  KES: 'ksh kshs',
  UGX: 'ush',
  TZS: 'tsh',
  RSD: 'дин',
  KGS: 'сом',
  UZS: 'сум',
});

/** Names of currencies as people and exports write them, in lower case. */
const NAMES: Readonly<Record<string, string>> = byCode({
  EUR: 'euro euros evro евро eurо',
  USD: 'dollar dollars usdollar usdollars доллар доллара долларов dolar dólar dolares dólares bucks',
  GBP: 'pound pounds sterling poundsterling stg ukp quid',
  RUB: 'rur rouble roubles ruble rubles rubl рубль рубля рублей рубли',
  UAH: 'hryvnia hryvnias гривна гривен гривны гривня гривень',
  KZT: 'tenge тенге',
  JPY: 'yen',
  CNY: 'yuan renminbi rmb юань',
  INR: 'rupee rupees inrs',
  KRW: 'won',
  TRY: 'lira turkishlira лира',
  PLN: 'zloty złoty zlotych złotych злотый',
  CHF: 'franc francs franken swissfranc',
  ILS: 'nis shekel shekels',
  BRL: 'real reais',
  TWD: 'ntd',
  BTC: 'xbt bitcoin',
  THB: 'baht',
  VND: 'dong',
  IDR: 'rupiah',
});

/** Signs that several currencies share. `usual` is the guess when the network's currency is none of them; `null`: no guess. */
const SHARED: Readonly<Record<string, { codes: readonly string[]; usual: string | null }>> = {
  $: {
    codes: words(
      'USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP UYU BRL BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD DOP CUP MOP',
    ),
    usual: 'USD',
  },
  '£': { codes: words('GBP EGP LBP SYP SDG SSP GIP FKP SHP'), usual: 'GBP' },
  '¥': { codes: ['JPY', 'CNY'], usual: 'JPY' },
  kr: { codes: words('SEK NOK DKK ISK'), usual: null },
  rs: { codes: words('INR PKR LKR NPR MUR SCR'), usual: null },
  '₨': { codes: words('INR PKR LKR NPR MUR SCR'), usual: null },
  peso: { codes: words('MXN ARS CLP COP PHP UYU DOP CUP'), usual: null },
  pesos: { codes: words('MXN ARS CLP COP PHP UYU DOP CUP'), usual: null },
  dinar: { codes: words('RSD KWD BHD IQD JOD TND DZD LYD'), usual: null },
  krona: { codes: words('SEK ISK'), usual: null },
  krone: { codes: words('NOK DKK'), usual: null },
};

/** ISO 4217's numeric codes, as pairs of number and code. */
const NUMERIC: Readonly<Record<string, string>> = numeric(
  '008 ALL 012 DZD 032 ARS 036 AUD 044 BSD 048 BHD 050 BDT 051 AMD 052 BBD 060 BMD 064 BTN 068 BOB 072 BWP 084 BZD 090 SBD 096 BND',
  '104 MMK 108 BIF 116 KHR 124 CAD 132 CVE 136 KYD 144 LKR 152 CLP 156 CNY 170 COP 174 KMF 188 CRC 191 HRK 192 CUP 203 CZK 208 DKK',
  '214 DOP 222 SVC 230 ETB 232 ERN 238 FKP 242 FJD 262 DJF 270 GMD 292 GIP 320 GTQ 324 GNF 328 GYD 332 HTG 340 HNL 344 HKD 348 HUF',
  '352 ISK 356 INR 360 IDR 364 IRR 368 IQD 376 ILS 388 JMD 392 JPY 398 KZT 400 JOD 404 KES 408 KPW 410 KRW 414 KWD 417 KGS 418 LAK',
  '422 LBP 426 LSL 430 LRD 434 LYD 446 MOP 454 MWK 458 MYR 462 MVR 480 MUR 484 MXN 496 MNT 498 MDL 504 MAD 512 OMR 516 NAD 524 NPR',
  '532 ANG 533 AWG 548 VUV 554 NZD 558 NIO 566 NGN 578 NOK 586 PKR 590 PAB 598 PGK 600 PYG 604 PEN 608 PHP 634 QAR 643 RUB 646 RWF',
  '654 SHP 682 SAR 690 SCR 702 SGD 704 VND 706 SOS 710 ZAR 728 SSP 748 SZL 752 SEK 756 CHF 760 SYP 764 THB 776 TOP 780 TTD 784 AED',
  '788 TND 800 UGX 807 MKD 810 RUB 818 EGP 826 GBP 834 TZS 840 USD 858 UYU 860 UZS 882 WST 886 YER 901 TWD 928 VES 929 MRU 930 STN',
  '932 ZWL 933 BYN 934 TMT 936 GHS 938 SDG 941 RSD 943 MZN 944 AZN 946 RON 949 TRY 950 XAF 951 XCD 952 XOF 953 XPF 967 ZMW 968 SRD',
  '969 MGA 971 AFN 972 TJS 973 AOA 975 BGN 976 CDF 977 BAM 978 EUR 980 UAH 981 GEL 985 PLN 986 BRL',
);

/** Currencies used without decimals: a single separator before three digits separates thousands. */
const WITHOUT_MINOR_UNITS: ReadonlySet<string> = new Set(
  words('BIF CLP COP DJF GNF HUF IDR IRR ISK JPY KHR KMF KRW LAK LBP MGA MMK MNT PYG RWF UGX UZS VND VUV XAF XOF XPF'),
);

const ISO_CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** The meaning of a text beside an amount, or in a currency field. */
export type CurrencyMeaning =
  /** One currency. `translated`: the original text, when it is neither the currency's code nor its sign. */
  | { kind: 'exact'; code: string; translated?: string }
  /** A sign that several currencies share. */
  | { kind: 'shared'; sign: string; codes: readonly string[]; usual: string | null };

/**
 * The currency that a text names: an ISO 4217 code in letters or digits, a sign, a name, a retired code with the same
 * value (`RUR`), or any code of 2 to 10 letters, which is kept.
 * @param own the network's names of currencies, lower case → code; they take precedence.
 * @param onlyCapitals accepts an unknown code in capitals only: beside a number, small letters may be anything.
 */
export function currencyMeaning(
  text: string,
  own: Readonly<Record<string, string>> = {},
  onlyCapitals = false,
): CurrencyMeaning | undefined {
  const word = text.trim().toLowerCase();
  if (Object.hasOwn(own, word)) return { kind: 'exact', code: own[word] as string };
  const plain = word.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  const upper = plain.toUpperCase();
  if (ISO_CODES.has(upper)) return { kind: 'exact', code: upper };
  const squashed = plain.replaceAll(/[\s._-]/g, '');
  const shared = lookUp(SHARED, squashed);
  if (shared) return { kind: 'shared', sign: text.trim(), ...shared };
  const sign = lookUp(SIGNS, squashed);
  if (sign) return { kind: 'exact', code: sign };
  const name = lookUp(NAMES, squashed) ?? lookUp(NUMERIC, plain);
  if (name) return { kind: 'exact', code: name, translated: text.trim() };
  const isCode = onlyCapitals ? /^[A-Z]{2,10}$/.test(text.trim()) : /^[a-z]{2,10}$/.test(plain);
  return isCode ? { kind: 'exact', code: upper } : undefined;
}

/** Whether a text can be a currency's code: 2 to 10 letters, and not a word such as `null`. */
export function isCurrencyCode(text: string): boolean {
  return /^[A-Za-z]{2,10}$/.test(text) && !isNoValue(text);
}

/** Whether ISO 4217 has this code, as far as the runtime's list goes. */
export function isIsoCurrency(code: string): boolean {
  return ISO_CODES.has(code);
}

export function isUsedWithoutMinorUnits(code: string): boolean {
  return WITHOUT_MINOR_UNITS.has(code);
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function words(text: string): string[] {
  return text.split(' ');
}

function byCode(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).flatMap(([code, list]) => words(list).map((name) => [name, code])));
}

function numeric(...lines: string[]): Record<string, string> {
  const items = lines.flatMap(words);
  return Object.fromEntries(
    items.flatMap((item, i) => (i % 2 === 0 ? [[item, items[i + 1] ?? '']] : [])) as [string, string][],
  );
}
