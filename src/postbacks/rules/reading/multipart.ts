/** The fields of a multipart body. */
export interface MultipartReading {
  /** The fields as a form, percent-encoded byte by byte, so that no character set loses bytes. */
  form: string;
  /** Names of the fields that contained files. */
  files: string[];
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^;\s]{1,200}))/i;
const FIRST_LINE = /^\s*--([^\r\n]{1,200}?)(?:--)?[ \t]*\r?\n/;
const PART = /^([\s\S]*?)(?:\r?\n){2}([\s\S]*)$/;
const NAME = /[;\s]name\*?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i;
const FILE = /[;\s]filename\*?\s*=/i;
const RESERVED = /[^0-9A-Za-z._~-]/g;

export function isMultipart(contentType: string): boolean {
  return /^\s*multipart\//i.test(contentType);
}

/**
 * Reads `multipart/form-data`. Files are left out.
 * @param text Latin-1: one character for each byte.
 * @returns `undefined` if it contains no field.
 */
export function readMultipart(text: string, contentType: string): MultipartReading | undefined {
  const [, quoted, bare] = BOUNDARY.exec(contentType) ?? [];
  // Some senders declare another boundary than they use, so the first line of the body decides.
  const boundary = FIRST_LINE.exec(text)?.[1] ?? quoted ?? bare;
  if (boundary === undefined) return undefined;
  const fields: string[] = [];
  const files: string[] = [];
  // The last line break belongs to the final boundary, even if that is missing.
  for (const piece of `\n${text.replace(/\n$/, '')}`.split(`\n--${boundary}`).slice(1)) {
    if (piece.startsWith('--')) break;
    const [, head, content] = PART.exec(piece.replace(/\r$/, '')) ?? [];
    const [, quotedName, bareName] = NAME.exec(head ?? '') ?? [];
    const name = quotedName ?? bareName;
    if (head === undefined || content === undefined || name === undefined) continue;
    if (FILE.test(head)) files.push(Buffer.from(name, 'latin1').toString('utf8'));
    else fields.push(`${encoded(name.replaceAll(/\\(.)/g, '$1'))}=${encoded(content)}`);
  }
  return fields.length + files.length === 0 ? undefined : { form: fields.join('&'), files };
}

function encoded(latin1: string): string {
  return latin1.replaceAll(
    RESERVED,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
