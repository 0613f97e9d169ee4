/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it was measured with. */
  readonly how: string;
}

/** Of the values, that below which such a share (0 to 1) of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function table(rows: readonly Row[]): string {
  const widths = { what: widest(rows, ({ what }) => what), unit: widest(rows, ({ unit }) => unit) };
  return rows
    .map(({ what, value, unit, how }) => {
      const number = value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
      return `${what.padEnd(widths.what)}  ${number.padStart(9)}  ${unit.padEnd(widths.unit)}  ${how}`;
    })
    .join('\n');
}

const widest = (rows: readonly Row[], text: (row: Row) => string): number =>
  Math.max(...rows.map((row) => text(row).length));

/** Seconds that something took. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1_000;
}
