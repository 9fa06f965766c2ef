import { isEmail } from 'class-validator';
import { REPORT_REASONS, type ReportReason } from '../../links/abuse/abuse-report.schema.js';
import { MAX_REPORT_DETAILS } from '../pages/report-page.js';

/** Reads the fields of the form. @returns the report, or a text that says what is wrong. */
export function readReport(
  fields: URLSearchParams,
): { reason: ReportReason; details: string | null; email: string | null } | string {
  const reason = REPORT_REASONS.find((known) => known === fields.get('reason'));
  const details = fields.get('details')?.trim() ?? '';
  const email = fields.get('email')?.trim() ?? '';
  if (reason === undefined) return 'Please choose what is wrong with the link.';
  if (details.length > MAX_REPORT_DETAILS) return `Please use at most ${MAX_REPORT_DETAILS} characters.`;
  if (email !== '' && !isEmail(email)) return 'That is not an e-mail address. You may also leave it empty.';
  return { reason, details: details || null, email: email || null };
}
