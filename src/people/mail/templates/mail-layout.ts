import { Html, markup } from '../../../platform/text/html.js';
import { cutText, toOneLine, wrapText } from './mail-text.js';

const MAX_FACT_CHARS = 300;

// src/people/mail/templates: the mails as pure functions, a file each. render-mail.ts selects one; start there. This file turns
// the parts of a mail into plain text and HTML, mail-text.ts cleans and wraps texts.

/** The contents of a mail, as plain texts. The layout cleans and escapes them. */
export interface MailParts {
  subject: string;
  paragraphs: string[];
  /** Label and value. Empty values are left out. */
  facts?: [label: string, value: string | undefined][];
  button?: { label: string; link: string };
  /** Advice, above all for receivers who did not cause this mail. */
  closing: string[];
}

/** A mail as it is sent. */
export interface MailMessage {
  subject: string;
  text: string;
  html: string;
  /** The link of the button. */
  link: string | null;
}

/** @param site host name of this Hopback, which the last line names. */
export function layoutMail(parts: MailParts, site: string): MailMessage {
  const clean: MailParts = {
    ...parts,
    subject: toOneLine(parts.subject),
    paragraphs: parts.paragraphs.map(toOneLine),
    facts: (parts.facts ?? []).map(([label, value]) => [label, value && cutText(toOneLine(value), MAX_FACT_CHARS)]),
    closing: parts.closing.map(toOneLine),
  };
  const footer = toOneLine(`This mail was sent by Hopback at ${site}.`);
  return {
    subject: clean.subject,
    text: plainText(clean, footer),
    html: htmlText(clean, footer),
    link: parts.button?.link ?? null,
  };
}

function plainText({ paragraphs, facts = [], button, closing }: MailParts, footer: string): string {
  const factLines = facts.flatMap(([label, value]) => (value ? [wrapText(`${label}: ${value}`)] : []));
  const blocks = [
    ...paragraphs.map(wrapText),
    ...(factLines.length > 0 ? [factLines.join('\n')] : []),
    ...(button === undefined ? [] : [`${wrapText(`${button.label}:`)}\n${button.link}`]),
    ...closing.map(wrapText),
    wrapText(footer),
  ];
  return `${blocks.join('\n\n')}\n`;
}

// No colours of text and background: the mail program chooses them, light or dark. Only the button has its own.
const FONT =
  'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5';
const PARAGRAPH = 'margin:0 0 16px';
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background-color:#1d4ed8;color:#ffffff;text-decoration:none;font-weight:600';
const SMALL = 'margin:24px 0 0;font-size:13px;opacity:.75';

function htmlText({ subject, paragraphs, facts = [], button, closing }: MailParts, footer: string): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px;${FONT}">
<div style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
${asParagraphs(paragraphs)}${factList(facts)}${button && asButton(button)}${asParagraphs(closing)}<p style="${SMALL}">${footer}</p>
</div>
</body>
</html>
`.text;
}

function asParagraphs(texts: string[]): Html[] {
  return texts.map((text) => markup`<p style="${PARAGRAPH}">${text}</p>\n`);
}

function factList(facts: NonNullable<MailParts['facts']>): Html | undefined {
  const lines = facts.flatMap(([label, value]) => (value ? [markup`${label}: <strong>${value}</strong><br>\n`] : []));
  return lines.length === 0 ? undefined : markup`<p style="${PARAGRAPH}">${lines}</p>\n`;
}

function asButton({ label, link }: NonNullable<MailParts['button']>): Html {
  return markup`<p style="${PARAGRAPH}"><a href="${link}" style="${BUTTON}">${label}</a></p>
<p style="${PARAGRAPH}">Or open this address:<br>\n<a href="${link}">${link}</a></p>\n`;
}
