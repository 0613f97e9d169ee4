import { escaped } from './lineChart.ts';

export interface Bars {
  readonly title: string;
  /** What is beside a bar says its number. */
  readonly rows: readonly {
    readonly name: string;
    readonly bars: readonly { readonly value: number; readonly label: string }[];
  }[];
  /** Of the bars of a row. */
  readonly legend: readonly string[];
  /** `log`: from `least` on. */
  readonly scale: { readonly kind: 'linear' | 'log'; readonly least: number; readonly most: number };
  /** A line down, as of what there is. */
  readonly limit?: number;
}

const WIDTH = 900;
const LEFT = 130;
const RIGHT = 300;
const BAR = 14;
const GAP = 10;
/** Neighbours differ also where colours are not seen. */
const FILLS = ['#3355c4', '#e08a1e'];

/** Rows of bars from the left, on white, as part of an SVG; and how high it is. */
export function barRows(
  { title, rows, legend, scale, limit }: Bars,
  top: number,
): { readonly parts: readonly string[]; readonly height: number } {
  const width = WIDTH - LEFT - RIGHT;
  const shareOf = (value: number): number => {
    if (scale.kind === 'linear') return value / scale.most;
    return Math.log(Math.max(value, scale.least) / scale.least) / Math.log(scale.most / scale.least);
  };
  const x = (value: number): number => LEFT + width * Math.min(1, Math.max(0, shareOf(value)));
  const rowHeight = legend.length * BAR + GAP;
  const first = top + 34;
  const bottom = first + rows.length * rowHeight;
  const parts = [
    `<text x="16" y="${top + 16}" font-size="15" font-weight="600" fill="#111827">${escaped(title)}</text>`,
    ...rows.flatMap(({ name, bars }, index) => {
      const y = first + index * rowHeight;
      return [
        `<text x="16" y="${y + (legend.length * BAR) / 2 + 4}" fill="#111827">${escaped(name)}</text>`,
        ...bars.flatMap(({ value, label }, bar) => {
          const end = x(value);
          const at = y + bar * BAR;
          return [
            `<rect x="${LEFT}" y="${at}" width="${(end - LEFT).toFixed(1)}" height="${BAR - 2}" fill="${FILLS[bar]}"/>`,
            `<text x="${(end + 6).toFixed(1)}" y="${at + BAR - 3}" font-size="12" fill="#374151">${escaped(label)}</text>`,
          ];
        }),
      ];
    }),
    ...(limit === undefined
      ? []
      : [
          `<line x1="${x(limit).toFixed(1)}" x2="${x(limit).toFixed(1)}" y1="${first - 6}" y2="${bottom - GAP + 4}" stroke="#b3402f" stroke-dasharray="4 3"/>`,
        ]),
    ...(legend.length > 1
      ? legend.flatMap((name, index) => [
          `<rect x="${LEFT + index * 260}" y="${bottom}" width="12" height="12" fill="${FILLS[index]}"/>`,
          `<text x="${LEFT + index * 260 + 18}" y="${bottom + 11}" font-size="12" fill="#374151">${escaped(name)}</text>`,
        ])
      : []),
  ];
  return { parts, height: bottom + (legend.length > 1 ? 28 : 8) - top };
}

/** One picture of several, one below the other. */
export function stacked(title: string, charts: readonly Bars[]): string {
  const parts: string[] = [];
  let top = 12;
  for (const chart of charts) {
    const drawn = barRows(chart, top);
    parts.push(...drawn.parts);
    top += drawn.height + 20;
  }
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="14">`,
    `<title id="title">${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${top}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}
