import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * The program of the process: it receives an SVG and sends a PNG. It is a text, so that it starts the same way from the
 * build and from tests, and loads nothing but the renderer.
 */
const CODE = `
const { Resvg } = require(process.argv[1]);
// No fonts are needed, and searching for them is slow.
process.on('message', (svg) => {
  try {
    const png = new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
    process.send({ png });
  } catch (error) {
    process.send({ error: String(error && error.message) });
  }
});
process.on('disconnect', () => process.exit());`;

/** Limit of V8's heap. Pixels are outside of it, and bounded by the sizes of code and logo. */
const MAX_HEAP_MIB = 64;

/** The path of the optional package; `undefined` when it is not installed for this system. */
export function findRenderer(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    const path = require.resolve('@resvg/resvg-js');
    require(path); // installed on every system, but without its native part on some
    return path;
  } catch {
    return undefined;
  }
}

/**
 * A process that renders one image at a time. It blocks neither the main thread nor libuv's pool, and its memory is freed
 * when it ends; a worker thread would keep the memory of the pixels.
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
    this.child.on('error', () => undefined); // `render` handles it
  }

  /** False when the process has ended; the system may have killed it. */
  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * @throws RenderGivenUp when it exceeds `deadlineMs` or its memory; Error for an invalid SVG. The process cannot be used
   * again then.
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
