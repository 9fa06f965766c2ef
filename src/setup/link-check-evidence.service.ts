import { Injectable } from '@nestjs/common';
import type { Viewer } from '../workspaces/caller.js';
import type { LinkCheckEvidence } from './rules/setup-evidence.js';

/**
 * Reads the last stored check of a link. Checks are not stored yet: until they are, a conversion that came back with its click id
 * is the evidence that parameters survive the redirects.
 */
@Injectable()
export class LinkCheckEvidenceReader {
  /** @returns the last check of any link that the viewer may see. */
  findLast(_viewer: Viewer): Promise<LinkCheckEvidence | undefined> {
    return Promise.resolve(undefined);
  }
}
