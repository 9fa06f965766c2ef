import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FairQueue } from '../../platform/concurrency/fair-queue.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { findRenderer, PngProcess, RenderGivenUp } from './png-process.js';

const LIMITS = {
  atOnce: 1,
  atOncePerKey: 1,
  waiting: 16,
  waitingPerKey: 4,
  maxWaitMs: 5_000,
  retryAfterSeconds: 2,
};
const REFUSALS = {
  own: 'Other images of this workspace are being rendered.',
  all: 'Images of other workspaces are being rendered.',
};
/** A code of 2,048 pixels with a logo of 1,024 takes about 100 ms. */
const DEADLINE_MS = 5_000;
/** The process is ended after this time without work. */
const IDLE_MS = 30_000;

/**
 * Renders SVG to PNG, one image at a time, in a process that is started on demand. A few requests of each workspace
 * wait; more are refused with 429.
 */
@Injectable()
export class PngRenderer implements OnApplicationShutdown {
  private readonly queue = new FairQueue(LIMITS, REFUSALS);
  private renderer: { path: string | undefined } | undefined;
  private process: PngProcess | undefined;
  private idleTimer: NodeJS.Timeout | undefined;

  /** The id of the running process, if any. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  /**
   * @throws ProblemException when this machine has no renderer (an optional package with native parts), too many requests
   * wait, or rendering takes too long.
   */
  render(workspaceId: string, svg: string): Promise<Buffer> {
    this.renderer ??= { path: findRenderer() };
    const { path } = this.renderer;
    if (path === undefined) {
      const message = 'PNG needs the optional package @resvg/resvg-js, which this server lacks; ask for svg';
      throw ProblemException.invalid({ path: 'format', code: 'not_available', message });
    }
    return this.queue.run(workspaceId, () => this.renderNow(path, svg));
  }

  onApplicationShutdown(): void {
    this.end();
  }

  private async renderNow(path: string, svg: string): Promise<Buffer> {
    clearTimeout(this.idleTimer);
    if (!this.process?.isAlive) this.process = new PngProcess(path);
    try {
      return await this.process.render(svg, DEADLINE_MS);
    } catch (error) {
      this.end();
      if (!(error instanceof RenderGivenUp)) throw error;
      const detail = 'The image took too long to render: ask for a smaller size, or for svg. Try again in 2 seconds.';
      throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': '2' });
    } finally {
      this.idleTimer = setTimeout(() => this.end(), IDLE_MS).unref();
    }
  }

  private end(): void {
    clearTimeout(this.idleTimer);
    const { process } = this;
    this.process = undefined;
    process?.end();
  }
}
