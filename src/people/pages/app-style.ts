/** Added to the style of all pages. It must be in them unchanged, as its hash is in the Content-Security-Policy. */
export const APP_STYLE = `
:root{--soft:#f4f4f7;--ok:#0f6a3f}
@media(prefers-color-scheme:dark){:root{--soft:#202027;--ok:#62cf96}}
main{padding:2.5rem 1.25rem 4rem}
body>header{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1.25rem;padding:.7rem 1.25rem;border-bottom:1px solid var(--line)}
.brand{display:flex;align-items:center;gap:.5rem;font-weight:600;color:var(--ink);text-decoration:none}
nav{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;font-size:.95rem}
nav a{color:var(--dim);text-decoration:none;padding:.35rem 0}
nav a:hover,nav a[aria-current]{color:var(--ink)}
nav a[aria-current]{box-shadow:inset 0 -2px var(--accent)}
h2{font-size:1.1rem;margin:2.25rem 0 .5rem}
h3{font-size:1rem;margin:0}
[hidden]{display:none!important}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
input,select,textarea{border-color:var(--dim)}
input[readonly]{border-color:var(--line);background:var(--soft)}
input[aria-invalid]{border-color:var(--warn)}
input[type=checkbox]{width:auto;margin:0 .5rem 0 0}
.field{margin:0 0 1rem}
.field>input,.field>select,.field .with-button{margin:0}
.field p{margin:.3rem 0 0;font-size:.9rem}
.field p:empty,p[role=alert]:empty,p[role=status]:empty{display:none}
.hint{color:var(--dim)}
.with-button{display:flex;gap:.5rem}
.with-button input{flex:1;min-width:0;margin:0}
.ok{color:var(--ok)}
button{min-height:2.6rem}
button:disabled{opacity:.6;cursor:default}
form>button[type=submit]~p{margin:.75rem 0 0}
[tabindex='-1']:focus{outline:0}
.quiet{background:transparent;color:var(--accent);border:1px solid var(--line)}
.danger{background:transparent;color:var(--warn);border:1px solid var(--line)}
.small{font-size:.9rem;padding:.3rem .8rem;min-height:2.2rem}
.link{background:none;color:var(--accent);padding:0;min-height:0;font-weight:400;text-decoration:underline}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0 0 1rem}
.rows{list-style:none;margin:0 0 1rem;padding:0}
.rows>li{border-top:1px solid var(--line);padding:.85rem 0}
.rows>li:last-child{border-bottom:1px solid var(--line)}
.rows p{margin:.1rem 0 .5rem}
.rows .acts{margin:.4rem 0 0}
.rows .acts>div{display:contents}
.rows .acts p{flex-basis:100%;margin:0}
.rows select{width:auto;margin:0;padding:.25rem .5rem;font-size:.9rem}
.tag{font-size:.8rem;font-weight:600;color:var(--ok);margin-left:.4rem;white-space:nowrap}
.or{display:flex;align-items:center;gap:.75rem;color:var(--dim);font-size:.9rem;margin:1.25rem 0}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
.wide{width:100%;text-align:center;margin:0 0 .75rem}
.code{font-family:ui-monospace,monospace;background:var(--soft);border-radius:.4rem;padding:.75rem 1rem;margin:0 0 1rem;overflow-wrap:anywhere}
.codes{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.3rem 1rem;list-style:none}
.qr{display:block;width:13rem;max-width:100%;height:auto;background:#fff;border-radius:.4rem;margin:0 0 1rem}
dialog{width:min(26rem,calc(100vw - 2rem));border:1px solid var(--line);border-radius:.8rem;padding:1.5rem;background:var(--paper);color:var(--ink)}
dialog::backdrop{background:rgb(0 0 0/.45)}
dialog h2{margin:0 0 .5rem}
`;
