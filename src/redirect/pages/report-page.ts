import type { ReportReason } from '../../links/abuse/abuse-report.schema.js';
import { markup } from '../../platform/text/html.js';
import { layout, linkPath } from './layout.js';

export interface AbuseContact {
  email: string | undefined;
  url: string | undefined;
}

const REASON_TEXTS: Record<ReportReason, string> = {
  phishing: 'It asks for passwords or money under a false name',
  malware: 'It spreads harmful software',
  spam: 'It came in unwanted messages',
  illegal: 'Its content is illegal',
  other: 'Something else',
};

export const REPORT_PATH = '/_/report';
export const MAX_REPORT_DETAILS = 2_000;

/** The form for a report of abuse. @param problem the error in the report that was sent. */
export function reportPage(slug: string, contact: AbuseContact, problem?: string): string {
  const options = Object.entries(REASON_TEXTS).map(
    ([value, text]) => markup`<option value="${value}">${text}</option>`,
  );
  const body = markup`<h1>Report this link</h1>
    <p>The link <span class="url">${linkPath(slug)}</span></p>
    ${problem === undefined ? undefined : markup`<p class="warn" role="alert">${problem}</p>`}
    <form method="post" action="${REPORT_PATH}">
      <input type="hidden" name="slug" value="${slug}" />
      <label for="reason">What is wrong with it?</label>
      <select id="reason" name="reason" required>
        ${options}
      </select>
      <label for="details">How did you get it, and what happened? (optional)</label>
      <textarea id="details" name="details" rows="5" maxlength="${MAX_REPORT_DETAILS}"></textarea>
      <label for="email">Your e-mail, for questions (optional)</label>
      <input type="email" id="email" name="email" maxlength="254" autocomplete="email" />
      <button type="submit">Send the report</button>
    </form>
    <p class="dim">
      The creators of the link and the operator of this service read the report. The link is stopped only if they confirm
      the report.
    </p>
    ${contactLine(contact)}`;
  return layout({ title: 'Report this link', body });
}

export function reportedPage(contact: AbuseContact): string {
  const body = markup`<h1>Thank you</h1>
    <p>
      Your report was stored. The creators of the link and the operator of this service will read it, and can stop the
      link.
    </p>
    <p>Until then the link still works. Do not open it again.</p>
    ${contactLine(contact)}`;
  return layout({ title: 'Thank you', body });
}

/** A page with a title and a sentence, for errors of a form. */
export function messagePage(title: string, text: string): string {
  return layout({
    title,
    body: markup`<h1>${title}</h1>
      <p>${text}</p>`,
  });
}

function contactLine({ email, url }: AbuseContact) {
  if (email === undefined && url === undefined) return undefined;
  const mail = email === undefined ? undefined : markup`<a href="mailto:${email}">${email}</a>`;
  const page = url === undefined ? undefined : markup`<a href="${url}">${url}</a>`;
  return markup`<p>In urgent cases: ${mail} ${page}</p>`;
}
