import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/**
 * What the thread does: an SVG comes in, a PNG goes out. It stands here as text because the thread is started from the built
 * program and from tests alike, and loads nothing but the renderer.
 */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads');
const { Resvg } = require(workerData);
// No fonts are needed, and looking for them takes long.
parentPort.on('message', (svg) => {
  try {
    const png = new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
    parentPort.postMessage({ png });
  } catch (error) {
    parentPort.postMessage({ error: String(error && error.message) });
  }
});`;

/** MiB of V8's heap; the pixels are outside of it, and bounded by the sizes of code and logo. */
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 };

/** Where the optional package is; `undefined` where it was not installed for this system. */
export function findRenderer(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    const path = require.resolve('@resvg/resvg-js');
    require(path); // the package is there on every system, its native part is not
    return path;
  } catch {
    return undefined;
  }
}

/** A thread that renders one image at a time; neither the main thread nor the threads that files are written with wait for it. */
export class PngWorker {
  private readonly worker: Worker;

  constructor(renderer: string) {
    this.worker = new Worker(CODE, { eval: true, workerData: renderer, resourceLimits: MEMORY, execArgv: [], env: {} });
    this.worker.unref();
    this.worker.on('error', () => undefined); // `render` hears of it
  }

  /**
   * @throws RenderGivenUp when it takes longer than `deadlineMs`, or more memory than it may; Error for what is no SVG. The thread is of
   * no more use then.
   */
  async render(svg: string, deadlineMs: number): Promise<Buffer> {
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        end();
      };
      const onMessage = ({ png, error }: { png?: Uint8Array; error?: string }): void =>
        settle(() => (png === undefined ? reject(new Error(error ?? 'no image')) : resolve(Buffer.from(png))));
      const onEnd = (): void => settle(() => reject(new RenderGivenUp()));
      const timer = setTimeout(onEnd, deadlineMs);
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      worker.postMessage(svg);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

export class RenderGivenUp extends Error {
  constructor() {
    super('the image took too much time or memory');
    this.name = 'RenderGivenUp';
  }
}
