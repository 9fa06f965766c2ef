import { Injectable } from '@nestjs/common';
import { ProblemException } from '../platform/http/problems/problem.js';
import { newId } from '../platform/ids/ids.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { AuditLog } from '../workspaces/audit/audit-log.service.js';
import type { Author } from '../workspaces/caller.js';
import { Quotas } from '../workspaces/plans/quotas.service.js';
import type { CountedQuota } from '../workspaces/plans/quota-usage.repository.js';
import { ChunkWriter } from './chunk-writer.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import type { ImportJob, ImportKindName } from './import-job.schema.js';
import { ImportJobsRepository } from './import-jobs.repository.js';
import { ImportRunner, UPLOAD_INTERRUPTED } from './import-runner.service.js';

const UNLEASED = { holder: null, leaseUntil: new Date(0) };
const KEPT_MS = 30 * 86_400_000;
/** Longer than a server lets any request take. */
const UPLOAD_MS = 10 * 60_000;

/** A file of one kind, and how it is read. */
export interface ImportUpload {
  kind: ImportKindName;
  dryRun: boolean;
  /** All verdicts of the kind. */
  verdicts: readonly string[];
  chunkRows: number;
  /** The quota that the job counts against, if there is one. */
  quota?: CountedQuota;
  /** Fields of the kind that are known before the file is read. */
  fields: Readonly<Record<string, unknown>>;
  /**
   * Reads the file to its end and hands its rows to the writer.
   * @returns fields that are known after it, and the audit entry of the import, if there is one.
   * @throws ProblemException when the file is refused.
   */
  read: (job: ImportJob, writer: ChunkWriter) => Promise<ReceivedFile>;
}

export interface ReceivedFile {
  fields: Readonly<Record<string, unknown>>;
  audit?: { action: string; after: object };
}

/**
 * Receives files. Their rows are stored as they come and applied only when the file has come as a whole: a broken upload
 * leaves nothing behind, and an accepted file is applied whatever happens to this process.
 */
@Injectable()
export class ImportReceiver {
  constructor(
    private readonly jobs: ImportJobsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly runner: ImportRunner,
    private readonly quotas: Quotas,
    private readonly audit: AuditLog,
  ) {}

  /** @returns the job, which the background job works on. @throws ProblemException */
  async receive(author: Author, upload: ImportUpload): Promise<ImportJob> {
    const job = await this.take(author, upload, () => UNLEASED);
    this.runner.wake();
    return job;
  }

  /** Receives a file and applies it at once. @returns the ended job. @throws ProblemException */
  async receiveAndFinish(author: Author, upload: ImportUpload): Promise<ImportJob> {
    // Leased from the first moment: no other process takes it in between.
    return this.runner.finish(await this.take(author, upload, (id) => this.runner.hold(id)));
  }

  private async take(
    author: Author,
    upload: ImportUpload,
    leaseOf: (id: string) => Pick<ImportJob, 'holder' | 'leaseUntil'>,
  ): Promise<ImportJob> {
    const { workspaceId } = author;
    const { quota } = upload;
    const insert = (): Promise<ImportJob> => this.jobs.insert(workspaceId, newJob(upload));
    const job = await (quota === undefined ? insert() : this.quotas.reserve(workspaceId, quota, insert));
    try {
      const writer = new ChunkWriter(job, upload.chunkRows, (chunk) => this.chunks.insert(workspaceId, chunk));
      const { fields, audit } = await upload.read(job, writer);
      await writer.flush();
      // Before it is applied: no change without an entry of its author.
      if (audit && !upload.dryRun) await this.audit.record(author, { objectId: job._id, ...audit });
      const { rows, chunks } = writer;
      return await this.start(workspaceId, job, { ...fields, rows, chunks, ...leaseOf(job._id) });
    } catch (error) {
      this.runner.letGo(job._id);
      const problem = asProblem(error);
      await this.giveUp(job, problem);
      throw problem ?? error;
    }
  }

  private async start(workspaceId: WorkspaceId, { _id }: ImportJob, fields: object): Promise<ImportJob> {
    const started = await this.jobs.updateOne(
      workspaceId,
      { _id, status: 'receiving' },
      { $set: { ...fields, status: 'running', updatedAt: new Date() } },
    );
    if (!started) throw new ProblemException('conflict', 'The import was cancelled while its file came.');
    return started;
  }

  private async giveUp({ workspaceId, _id }: ImportJob, problem: ProblemException | undefined): Promise<void> {
    const error = problem?.detail ?? 'The database did not answer while the file came: send it again.';
    const changes = { status: 'failed' as const, error, updatedAt: new Date() };
    // While MongoDB is away this fails; the background job does the same later.
    await this.jobs.updateOne(workspaceId, { _id, status: 'receiving' }, { $set: changes }).catch(() => undefined);
    await this.chunks.deleteAllOf(workspaceId, _id).catch(() => undefined);
  }
}

function newJob({ kind, dryRun, verdicts, fields }: ImportUpload): Omit<ImportJob, 'workspaceId'> {
  const now = new Date();
  return {
    _id: newId('imp', now.getTime()),
    ...(kind !== 'conversions' && { kind }),
    status: 'receiving',
    dryRun,
    ignoredColumns: [],
    notices: [],
    at: now,
    rows: 0,
    done: 0,
    counts: Object.fromEntries(verdicts.map((verdict) => [verdict, 0])),
    problems: [],
    error: null,
    chunks: 0,
    nextChunk: 0,
    holder: null,
    leaseUntil: new Date(now.getTime() + UPLOAD_MS),
    createdAt: now,
    updatedAt: now,
    expiresAt: new Date(now.getTime() + KEPT_MS),
    ...fields,
  };
}

/** The problem to answer with; `undefined` for errors that are not about the upload. */
function asProblem(error: unknown): ProblemException | undefined {
  if (error instanceof ProblemException) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new ProblemException('bad_request', UPLOAD_INTERRUPTED);
  }
  return undefined;
}
