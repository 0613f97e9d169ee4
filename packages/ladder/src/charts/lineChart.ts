export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export interface LineChart {
  readonly title: string;
  /** Of the values. */
  readonly unit: string;
  /** What a step to the right is. */
  readonly step: string;
  readonly series: readonly Series[];
  /** A line across, as of a limit. */
  readonly limit?: { readonly name: string; readonly value: number };
}

const WIDTH = 760;
const HEIGHT = 240;
const LEFT = 64;
const RIGHT = 12;
const TOP = 40;
const BOTTOM = 52;
const GRID = 4;

/** Told apart by their dashes where colours are not seen. */
const DASHES = ['', '6 3', '2 3', '8 3 2 3'];

/** An SVG whose colours are the page's: `--ink`, `--faint`, `--line0` to `--line3`, `--limit`. */
export function lineChart({ title, unit, step, series, limit }: LineChart): string {
  const steps = Math.max(...series.map(({ values }) => values.length));
  const most = niceCeiling(Math.max(limit?.value ?? 0, ...series.flatMap(({ values }) => values)));
  const x = (index: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * index) / Math.max(1, steps - 1);
  const y = (value: number): number => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / most;
  const grid = Array.from({ length: GRID + 1 }, (_, index) => (most * index) / GRID).flatMap((value) => [
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(value))}" y2="${fixed(y(value))}" stroke="var(--faint)"/>`,
    `<text x="${LEFT - 6}" y="${fixed(y(value) + 4)}" text-anchor="end">${short(value)}</text>`,
  ]);
  const lines = series.map(
    ({ name, values }, index) =>
      `<polyline fill="none" stroke="var(--line${index})" stroke-width="2" stroke-dasharray="${DASHES[index] ?? ''}" points="${values.map((value, at) => `${fixed(x(at))},${fixed(y(value))}`).join(' ')}"><title>${escaped(name)}</title></polyline>`,
  );
  const across = limit
    ? [
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(limit.value))}" y2="${fixed(y(limit.value))}" stroke="var(--limit)" stroke-width="1.5"/>`,
        `<text x="${WIDTH - RIGHT}" y="${fixed(y(limit.value) - 4)}" text-anchor="end">${escaped(limit.name)}</text>`,
      ]
    : [];
  const legend = series.flatMap(({ name }, index) => {
    const left = LEFT + index * 170;
    return [
      `<line x1="${left}" x2="${left + 24}" y1="${HEIGHT - 12}" y2="${HEIGHT - 12}" stroke="var(--line${index})" stroke-width="2" stroke-dasharray="${DASHES[index] ?? ''}"/>`,
      `<text x="${left + 30}" y="${HEIGHT - 8}">${escaped(name)}</text>`,
    ];
  });
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="12" fill="var(--ink)">`,
    `<text x="0" y="16" font-size="14" font-weight="600">${escaped(title)}</text>`,
    `<text x="0" y="32">${escaped(unit)}</text>`,
    ...grid,
    ...lines,
    ...across,
    `<text x="${LEFT}" y="${HEIGHT - 30}">0</text>`,
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 30}" text-anchor="end">${steps - 1} ${escaped(step)}</text>`,
    ...legend,
    '</svg>',
  ].join('\n');
}

/** 1, 2, 2.5 or 5 times a power of ten, so that a fourth of it reads well. */
function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return (([1, 2, 4, 5, 8, 10] as const).find((factor) => factor * power >= value) ?? 10) * power;
}

const fixed = (value: number): string => value.toFixed(1);

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
