import { markup } from '../../platform/text/html.js';
import { layout, reportPath } from './layout.js';

/** Reasons of a suspension that visitors may see. The operator's own text is not shown to them. */
const SUSPENSIONS: Record<string, string> = {
  blocklist: 'Its destination is on a list of harmful sites, such as phishing or malware.',
  abuse: 'It was reported, and the abuse was confirmed.',
};
const OTHER_SUSPENSION = 'The operator of this short-link service has stopped it.';

/** The page for an address without a link, or with a link that is paused. */
export function notFoundPage(): string {
  const body = markup`<h1>There is no such link</h1>
    <p>Check the address: capital letters and small ones may differ. The link may also have been removed.</p>`;
  return layout({ title: 'There is no such link', body });
}

export function expiredPage(): string {
  const body = markup`<h1>This link has expired</h1>
    <p>It led to something that was there for a limited time. The person who gave it to you may have a newer one.</p>`;
  return layout({ title: 'This link has expired', body });
}

export function notStartedPage(startsAt: Date): string {
  const at = startsAt.toISOString();
  const body = markup`<h1>This link is not open yet</h1>
    <p>
      It opens on <time datetime="${at}">${at.slice(0, 10)} at ${at.slice(11, 16)} UTC</time>. Please come back then.
    </p>`;
  return layout({ title: 'This link is not open yet', body });
}

export function usedUpPage(): string {
  const body = markup`<h1>This link is used up</h1>
    <p>It could be opened a limited number of times, and has been.</p>`;
  return layout({ title: 'This link is used up', body });
}

/** The page when the visitor's query makes the destination's address too long. */
export function tooLongPage(): string {
  const body = markup`<h1>This address is too long</h1>
    <p>With the text after the link, the address of its destination is too long. Open the link without that text.</p>`;
  return layout({ title: 'This address is too long', body });
}

/** @param reason the stored reason of the suspension. */
export function suspendedPage(reason: string, slug: string): string {
  const why = Object.hasOwn(SUSPENSIONS, reason) ? SUSPENSIONS[reason] : OTHER_SUSPENSION;
  const body = markup`<h1>This link has been stopped</h1>
    <p class="warn">${why}</p>
    <p>Its destination was not opened. If you got the link in a message, do not trust the message.</p>
    <p class="dim">Is it your link, and is this a mistake? Write to the operator of the short-link service.</p>`;
  return layout({ title: 'This link has been stopped', body, reportPath: reportPath(slug) });
}
