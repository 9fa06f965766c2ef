import { ProblemException } from '../../platform/http/problem.js';

type Resvg = typeof import('@resvg/resvg-js');

let loading: Promise<Resvg | undefined> | undefined;

/** @throws ProblemException where this machine has no renderer: it is an optional package with parts for each system. */
export async function pngOf(svg: string): Promise<Buffer> {
  loading ??= import('@resvg/resvg-js').catch(() => undefined);
  const resvg = await loading;
  if (resvg === undefined) {
    const message = 'PNG needs the optional package @resvg/resvg-js, which this server lacks; ask for svg';
    throw ProblemException.invalid({ path: 'format', code: 'not_available', message });
  }
  // Beside the main thread; no fonts are needed, and looking for them takes long.
  const image = await resvg.renderAsync(svg, { font: { loadSystemFonts: false } });
  return image.asPng();
}
