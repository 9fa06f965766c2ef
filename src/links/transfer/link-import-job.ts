import type { ImportJob } from '../../imports/import-job.schema.js';
import type { ImportRowResult } from '../../imports/import-row-result.js';
import type { StoredRow } from '../../imports/import-chunk.schema.js';
import type { Author } from '../../workspaces/caller.js';
import type { MappedRow } from '../rules/transfer/import-mapping.js';
import type { LinkImportWarning } from '../rules/transfer/import-rows.js';
import type { ImportSource } from '../rules/transfer/import-sources.js';
import type { LinkImportRowResponse, OnConflict, RowStatus } from './link-import.dto.js';

/** The domains here for the domains of a file, in pairs, as names of fields must not have dots. */
export interface StoredDomains {
  /** Names of the file and those that replace them. */
  renamed: [from: string, to: string][];
  /** The domain for all links, if one was named. */
  all: string | null;
  /** Names and the hostnames that the workspace has for them. */
  hosts: [name: string, hostname: string][];
  /** The hostname for all other names. `null`: the workspace has none. */
  usual: string | null;
}

/** The fields of an import of links beside those of every import job. Its time `at` is when the file was read. */
export interface LinkImportFields {
  /** The author of all its changes. */
  author: Author;
  /** `null` until the file is read. */
  source: ImportSource | null;
  onConflict: OnConflict;
  domains: StoredDomains;
  /** Warnings about the file as a whole. */
  warnings: LinkImportWarning[];
}

export type LinkImportJob = ImportJob & LinkImportFields;

/** A mapped row as JSON: a link's rules may have names that a stored document must not have. */
export interface StoredLinkRow extends StoredRow {
  json: string;
}

/** The result of one row; its verdict is the status that the API shows. */
export type LinkRowResult = ImportRowResult & Omit<LinkImportRowResponse, 'status'> & { verdict: RowStatus };

export function toStoredRow(line: number, row: MappedRow): StoredLinkRow {
  return { line, json: JSON.stringify(row) };
}

export function toMappedRow({ json }: StoredLinkRow): MappedRow {
  return JSON.parse(json) as MappedRow;
}
