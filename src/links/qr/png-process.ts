import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * The program of the process: an SVG comes in, a PNG goes out. It stands here as text because it is started from the built
 * program and from tests alike, and loads nothing but the renderer.
 */
const CODE = `
const { Resvg } = require(process.argv[1]);
// No fonts are needed, and looking for them takes long.
process.on('message', (svg) => {
  try {
    const png = new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
    process.send({ png });
  } catch (error) {
    process.send({ error: String(error && error.message) });
  }
});
process.on('disconnect', () => process.exit());`;

/** MiB of V8's heap; the pixels are outside of it, and bounded by the sizes of code and logo. */
const MAX_HEAP_MIB = 64;

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

/**
 * A process that renders one image at a time. Neither the main thread nor the threads that files are written with wait for it,
 * and its memory goes when it ends: a thread's pixels would stay with the process.
 */
export class PngProcess {
  private readonly child: ChildProcess;

  constructor(renderer: string) {
    const args = [`--max-old-space-size=${MAX_HEAP_MIB}`, '-e', CODE, renderer];
    this.child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      env: {},
    });
    this.child.unref();
    this.child.channel?.unref();
    this.child.on('error', () => undefined); // `render` hears of it
  }

  /** Whether it can be asked; the system may have ended it meanwhile. */
  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * @throws RenderGivenUp when it takes longer than `deadlineMs`, or more memory than it may; Error for what is no SVG. The process
   * is of no more use then.
   */
  async render(svg: string, deadlineMs: number): Promise<Buffer> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        child.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        end();
      };
      const onMessage = (message: unknown): void => {
        const { png, error } = message as { png?: Uint8Array; error?: string };
        settle(() => (png === undefined ? reject(new Error(error ?? 'no image')) : resolve(Buffer.from(png))));
      };
      const onEnd = (): void => settle(() => reject(new RenderGivenUp()));
      const timer = setTimeout(onEnd, deadlineMs);
      child.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      child.send(svg, (error) => error && onEnd());
    });
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

export class RenderGivenUp extends Error {
  constructor() {
    super('the image took too much time or memory');
    this.name = 'RenderGivenUp';
  }
}
