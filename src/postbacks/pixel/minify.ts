const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Minifies a script that keeps these rules: comments are whole lines, every statement ends with a semicolon, strings are in
 * single quotes, regular expressions contain neither quotes nor spaces, and exactly its own names begin with `$`.
 */
export function minify(source: string): string {
  const short = new Map<string, string>();
  const shorten = (name: string): string => {
    if (!short.has(name)) short.set(name, nth(short.size));
    return short.get(name) ?? name;
  };
  return source
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .trim()
    .split(/('[^']*')/)
    .map((piece, i) =>
      i % 2 === 1
        ? piece
        : piece
            .replaceAll(/\$[A-Za-z]\w*/g, shorten)
            .replaceAll(/\s+/g, ' ')
            .replaceAll(/ ?([^\w$ ]) ?/g, '$1'),
    )
    .join('')
    .replaceAll(';}', '}');
}

/** a … Z, then _a … _Z: never a keyword of JavaScript. */
function nth(index: number): string {
  return '_'.repeat(index / LETTERS.length) + LETTERS.charAt(index % LETTERS.length);
}
