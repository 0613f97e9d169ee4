/** One of the six fields of `cron(...)`. */
interface Field {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
  /** What the field takes beside numbers, lists, ranges, `*` and steps. Group 1 holds the number where there is one. */
  readonly special?: RegExp;
  readonly steps: boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** 1 is Sunday. */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** User Guide, "Schedule types": minutes, hours, day of month, month, day of week, year. */
const FIELDS: readonly Field[] = [
  { low: 0, high: 59, steps: true },
  { low: 0, high: 23, steps: true },
  { low: 1, high: 31, steps: true, special: /^(?:\?|L|LW|(\d{1,2})W)$/ },
  { low: 1, high: 12, steps: true, names: MONTHS },
  { low: 1, high: 7, steps: false, names: WEEKDAYS, special: /^(?:\?|L|([1-7])L|([1-7])#[1-5])$/ },
  { low: 1970, high: 2199, steps: true },
];

const [DAY_OF_MONTH, DAY_OF_WEEK] = [2, 4] as const;

/**
 * What stands between the brackets of `cron(...)`, as the pattern of seven fields that croner reads with weekdays from 1 for
 * Sunday. Croner reads AWS's own text wrongly (it takes six fields for seconds first) or refuses it (`0/15`), so ranges and
 * steps are written out as lists here. Null for what AWS refuses.
 */
export function toCronerPattern(text: string): string | null {
  const fields = text.split(/ +/);
  if (fields.length !== FIELDS.length) return null;
  const isAny = (index: number): boolean => fields[index] === '?';
  if (isAny(DAY_OF_MONTH) === isAny(DAY_OF_WEEK)) return null;
  const translated = fields.map((field, index) => translate(field, FIELDS[index]!));
  return translated.includes(null) ? null : `0 ${translated.join(' ')}`;
}

function translate(text: string, field: Field): string | null {
  const named = withNumbers(text.toUpperCase(), field);
  if (named === '*' || named === '?') return named === '*' || field.special ? '*' : null;
  const special = field.special?.exec(named);
  if (special) return translateSpecial(named, Number(special[1] ?? special[2] ?? field.low), field);
  const values = named.split(',').map((element) => valuesOf(element, field));
  if (values.includes(null)) return null;
  return [...new Set(values.flatMap((some) => some ?? []))].sort((a, b) => a - b).join(',');
}

function translateSpecial(text: string, value: number, { low, high, names }: Field): string | null {
  if (value < low || value > high) return null;
  // The last day of the week, which is Saturday.
  return names && text === 'L' ? String(high) : text;
}

function withNumbers(text: string, { names, low }: Field): string {
  if (!names) return text;
  // A name stands alone, but for the L of `FRIL`: `JANFEB` is no 12.
  return text.replace(/(?<![A-Z0-9#/])[A-Z]{3}(?=$|[-,#]|L$)/g, (name) =>
    names.includes(name) ? String(names.indexOf(name) + low) : name,
  );
}

/** `5`, `5-9`, `5/10`, `5-30/10` or an asterisk with a step, written out. */
function valuesOf(element: string, { low, high, steps }: Field): readonly number[] | null {
  const [, first, last, step] = /^(\*|\d{1,4})(?:-(\d{1,4}))?(?:\/(\d{1,4}))?$/.exec(element) ?? [];
  if (first === undefined || (step !== undefined && !steps) || (first === '*' && last !== undefined)) return null;
  const from = first === '*' ? low : Number(first);
  const to = last !== undefined ? Number(last) : step !== undefined ? high : from;
  const by = Number(step ?? 1);
  // A range that wraps around is refused: AWS does not say that it takes one.
  if (from < low || to > high || from > to || by === 0 || (first === '*' && step === undefined)) return null;
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}
