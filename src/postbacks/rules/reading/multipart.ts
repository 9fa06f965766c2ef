/** The fields of a multipart body. */
export interface MultipartReading {
  /** As a form, percent-encoded byte by byte: whatever character set the values are in, none is lost. */
  form: string;
  /** Names of the fields that held files. */
  files: string[];
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^;\s]{1,200}))/i;
const FIRST_LINE = /^\s*--([^\r\n]{1,200}?)(?:--)?[ \t]*\r?\n/;
const PART = /^([\s\S]*?)(?:\r?\n){2}([\s\S]*)$/;
const NAME = /[;\s]name\*?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i;
const FILE = /[;\s]filename\*?\s*=/i;
const NOT_PLAIN = /[^0-9A-Za-z._~-]/g;

export function isMultipart(contentType: string): boolean {
  return /^\s*multipart\//i.test(contentType);
}

/**
 * Reads `multipart/form-data`. Files are left out.
 * @param text latin1: a character for each byte.
 * @returns `undefined` when there is no field in it.
 */
export function readMultipart(text: string, contentType: string): MultipartReading | undefined {
  const [, quoted, bare] = BOUNDARY.exec(contentType) ?? [];
  // Some senders name another boundary than they use: the one that the body begins with is the one.
  const boundary = FIRST_LINE.exec(text)?.[1] ?? quoted ?? bare;
  if (boundary === undefined) return undefined;
  const fields: string[] = [];
  const files: string[] = [];
  // Without a last boundary the line break that belongs to it is there all the same.
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
    NOT_PLAIN,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
