import { ENTITY_NAMES } from '../../../platform/text/html-entities.js';

/** A parameter name that HTML entity decoding changed. */
export interface RepairedEntity {
  /** The text as received, decoded. */
  found: string;
  meant: string;
}

export interface RepairedEntities {
  text: string;
  repaired: RepairedEntity[];
}

/** HTML entities with which parameter names of postbacks begin. */
const NAMES_OF_PARAMETERS = new Set(
  'cent pound curren yen sect uml copy ordf not reg macr deg acute micro para middot cedil ordm times'.split(' '),
);
const ENTITIES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTITY_NAMES).filter(([, name]) => NAMES_OF_PARAMETERS.has(name)),
);
const MAX_SHOWN = 40;
const MAX_REPAIRED = 20;

/** `&amp;` and its variants before a name. `;` may be percent-encoded, and `&amp;amp;` occurs. */
const AMPERSAND = /(^|&)(?:(?:amp|nbsp|#0{0,4}38|#x0{0,4}26)(?:;|%3B))+/gi;
/** `&amp;` with an encoded `&`, inside a value and followed by a pair. */
const ENCODED_AMPERSAND = /%26(?:amp|%230{0,4}38|#0{0,4}38)(?:;|%3B)(?=[A-Za-z_][\w.[\]-]{0,99}=)/gi;
const STRAY_SEMICOLON = /(^|&);+(?=[A-Za-z_])/g;
const NAMED = new RegExp(
  `(^|&)(${[...Object.values(ENTITIES), 'lt', 'gt', 'quot'].join('|')})(?:;|%3B)(?=[\\w.[\\]-]{0,99}=)`,
  'g',
);
/** An entity's character: literal, percent-encoded as UTF-8 (also twice), or as its Latin-1 byte. */
const BROKEN = new RegExp(`(${forms().join('|')})((?:[A-Za-z_][\\w.[\\]-]{0,99})?)(?==)`, 'gi');

/** `ltv` is the only parameter name that begins with `lt`. */
const LESS_THAN = /(&?)(?:<|%3C)(?=v=)/gi;

/**
 * Restores the ampersands that HTML replaced in a query or form: `&amp;a=1` and `¤cy=EUR` become `&a=1` and `&currency=EUR`.
 * A text that is percent-encoded correctly is not changed, because its values hold no bare `=`.
 */
export function repairQueryEntities(sent: string): RepairedEntities {
  const repaired: RepairedEntity[] = [];
  const pairs = new PairFinder();
  const note = (found: string, meant: string): void => {
    if (repaired.length < MAX_REPAIRED && !repaired.some((one) => one.found === found)) repaired.push({ found, meant });
  };
  const text = sent
    .replaceAll(AMPERSAND, (found, before: string) => {
      note(`&${found.replace(/^&/, '').replaceAll(/%3B/gi, ';')}`, '&');
      return before;
    })
    .replaceAll(ENCODED_AMPERSAND, () => {
      note('&amp;', '&');
      return '&';
    })
    .replaceAll(STRAY_SEMICOLON, (_, before: string) => before)
    .replaceAll(NAMED, (_, before: string, name: string) => {
      note(`&${name};`, `&${name}`);
      return before + name;
    })
    .replaceAll(LESS_THAN, (_, before: string, at: number) => {
      note('<v=', '&ltv=');
      return at === 0 && before === '' ? 'lt' : '&lt';
    })
    .replaceAll(BROKEN, (found, form: string, rest: string, at: number, whole: string) => {
      const { begin, equals } = pairs.at(at, whole);
      if (begin < at && equals > at) return found; // inside a name, not at its beginning
      const sign = signOf(form);
      const name = `${ENTITIES[sign] ?? ''}${rest}`;
      note(`${sign}${shown(rest)}=`, `&${shown(name)}=`);
      return begin === at ? name : `&${name}`;
    });
  return { text, repaired };
}

/** Finds the pair around an index. The indexes must increase from call to call, so the text is read once. */
class PairFinder {
  private begin = 0;
  /** Index of the next `&`; -1 before the first call. */
  private next = -1;
  private equals = -1;

  /** The index at which the pair begins, and the index of its first `=`. */
  at(index: number, whole: string): { begin: number; equals: number } {
    if (this.next < 0) this.next = nextOf(whole, '&', 0);
    while (this.next < index) {
      this.begin = this.next + 1;
      this.next = nextOf(whole, '&', this.begin);
    }
    if (this.equals < this.begin) this.equals = nextOf(whole, '=', this.begin);
    return { begin: this.begin, equals: this.equals };
  }
}

function nextOf(text: string, letter: string, from: number): number {
  const at = text.indexOf(letter, from);
  return at < 0 ? text.length : at;
}

function forms(): string[] {
  return Object.keys(ENTITIES).flatMap((sign) => {
    const latin1 = sign.charCodeAt(0).toString(16).toUpperCase();
    const utf8 = encodeURIComponent(sign);
    const twice = encodeURIComponent(Buffer.from(sign).toString('latin1'));
    // A Latin-1 byte after another high byte is a part of another letter.
    return [sign, twice, utf8, `(?<!%[89A-F][0-9A-F])%${latin1}`];
  });
}

function signOf(form: string): string {
  const latin1 = form.startsWith('%') ? String.fromCharCode(Number.parseInt(form.slice(-2), 16)) : form;
  // In UTF-8 the last byte of `×` is 0x97.
  return latin1 in ENTITIES ? latin1 : '×';
}

function shown(name: string): string {
  return name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}…` : name;
}
