import { createHash } from 'node:crypto';

/** The style of all pages. It must be in them unchanged, as its hash is in the Content-Security-Policy. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1b1b1f;--dim:#5c5c66;--paper:#fff;--line:#d5d5dc;--accent:#1d4ed8;--warn:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#ececf1;--dim:#a3a3ad;--paper:#17171b;--line:#3a3a43;--accent:#8ab0ff;--warn:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:34rem;margin:0 auto;padding:12vh 1.25rem 3rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
p,form{margin:0 0 1rem}
.dim,footer{color:var(--dim);font-size:.9rem}
.warn{color:var(--warn)}
a{color:var(--accent)}
label{display:block;margin:0 0 .25rem;font-weight:600}
input,select,textarea{width:100%;font:inherit;padding:.6rem .7rem;margin:0 0 1rem;border:1px solid var(--line);border-radius:.4rem;background:transparent;color:inherit}
select option{color:#1b1b1f;background:#fff}
button,.button{display:inline-block;font:inherit;font-weight:600;padding:.6rem 1.2rem;border:0;border-radius:.4rem;background:var(--accent);color:var(--paper);text-decoration:none;cursor:pointer}
.card{border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:0 0 1rem}
.card p:last-child{margin:0}
.card img{display:block;width:100%;max-height:16rem;object-fit:cover;border-radius:.4rem;margin:0 0 .75rem}
.host{font-weight:600;font-size:1.15rem;margin:0}
.url{font-family:ui-monospace,monospace;font-size:.85rem}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
`;

/** The source for `style-src` that allows exactly this `<style>`. */
export function hashOfStyle(style: string): string {
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
}
