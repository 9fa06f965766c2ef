/** The longest line of a plain text part, of RFC 5322. */
const MAX_LINE_CHARS = 78;
/** Names of people and workspaces are cut here: a name must not carry a message to a person who did not ask for it. */
const MAX_NAME_CHARS = 60;
const JOINERS = '\u200c\u200d'; // Persian names and emoji need them

const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** Invisible characters, such as those that reverse the direction of text. */
const INVISIBLE = new RegExp(`(?![${JOINERS}])\\p{Cf}`, 'gu');
const LONE_SURROGATE = /\p{Cs}/gu;

/** The text as one line without control characters, line breaks and invisible characters: safe in a header. */
export function toOneLine(text: string): string {
  return text.replaceAll(INVISIBLE, '').replaceAll(LONE_SURROGATE, '\ufffd').replaceAll(BREAKS, ' ').trim();
}

/** A name as mails show it: one line, short, and no address of a web page. */
export function toShortName(name: string, fallback: string): string {
  const short = cutText(toOneLine(name.replaceAll('://', ' ')), MAX_NAME_CHARS);
  return short === '' ? fallback : short;
}

/** The text, cut to `max` characters. */
export function cutText(text: string, max: number): string {
  const chars = [...text];
  return chars.length <= max ? text : `${chars.slice(0, max - 1).join('')}…`;
}

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `28 November 2026 at 21:05 UTC` */
export function formatTime(time: Date): string {
  return `${TIME.format(time)} UTC`;
}

/** The text in lines of 78 characters at most. A word that is longer is divided. */
export function wrapText(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap(dividedWord)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= MAX_LINE_CHARS) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line].join('\n');
}

function dividedWord(word: string): string[] {
  if (word.length <= MAX_LINE_CHARS) return [word];
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (part.length + char.length > MAX_LINE_CHARS) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}
