const GRIDLINES = 3;
const NICE_FACTORS = [1, 2, 2.5, 5, 10];

/** The values of the gridlines: zero and three more, of which the last is at least the greatest value. */
export function gridValues(greatest: number): number[] {
  const step = niceStep(greatest / GRIDLINES);
  return Array.from({ length: GRIDLINES + 1 }, (_, index) => index * step);
}

/** The next round step that is not below the given one; whole numbers only, because counts have no fractions. */
function niceStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = NICE_FACTORS.find((each) => each * power >= least && Number.isInteger(each * power)) ?? 10;
  return factor * power;
}

/** Which points get a text on the axis, so that texts do not touch each other. */
export function labelledPoints(count: number, width: number, labelWidth: number): number[] {
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}

/** The height of a bar on a logarithmic scale, between `least` and `greatest` pixels; nothing is a line of its own. */
export function logHeight(
  value: number,
  max: number,
  { least, greatest }: { least: number; greatest: number },
): number {
  if (value <= 0 || max <= 0) return 2;
  return least + (Math.log10(value + 1) / Math.log10(max + 1)) * (greatest - least);
}
