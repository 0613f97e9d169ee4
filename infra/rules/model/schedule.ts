/** A field of a cron expression: what it may hold. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
  /** Signs that only this field takes. */
  readonly special?: RegExp;
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const FIELDS: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31, special: /^(\?|L|LW|\d{1,2}W)$/ },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of week', from: 1, to: 7, words: DAYS, special: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
  { name: 'year', from: 1970, to: 2199 },
];
const UNITS = ['minute', 'hour', 'day'];

/** Why EventBridge would not take a schedule, continuing "the schedule ..."; undefined when it would. */
export function scheduleProblem(expression: string): string | undefined {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rateProblem(inner);
  if (kind === 'cron') return cronProblem(inner);
  if (kind === 'at') return atProblem(inner);
  return 'which is none of rate(), cron() and at()';
}

function rateProblem(inner: string): string | undefined {
  const [, count = '', unit = ''] = /^(\d+) ([a-z]+)$/.exec(inner) ?? [];
  // `rate(0 minute)` is how Synthetics writes "once".
  if (count === '' || !UNITS.includes(unit.replace(/s$/, '')))
    return 'whose rate is not a number and minutes, hours or days';
  const plural = unit.endsWith('s');
  return Number(count) <= 1 === plural ? `whose unit should be ${plural ? unit.slice(0, -1) : `${unit}s`}` : undefined;
}

function atProblem(inner: string): string | undefined {
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(inner) && !Number.isNaN(Date.parse(`${inner}Z`));
  return isTime ? undefined : 'whose time is not yyyy-mm-ddThh:mm:ss';
}

function cronProblem(inner: string): string | undefined {
  const values = inner.trim().split(/\s+/);
  if (values.length !== FIELDS.length) return `which has ${values.length} of the 6 fields of AWS, the year among them`;
  const wrong = FIELDS.find((field, at) => !isFieldValue(values[at] ?? '', field));
  if (wrong) return `whose ${wrong.name} is not allowed`;
  const [, , dayOfMonth, , dayOfWeek] = values;
  return (dayOfMonth === '?') === (dayOfWeek === '?')
    ? 'of which one of the two days, and not both, must be ?'
    : undefined;
}

function isFieldValue(value: string, field: Field): boolean {
  return value.split(',').every((part) => field.special?.test(part) || isRange(part, field));
}

function isRange(part: string, field: Field): boolean {
  const [range = '', step] = part.split('/');
  if (step !== undefined && !(Number.isInteger(Number(step)) && Number(step) > 0)) return false;
  if (range === '*') return true;
  const ends = range.split('-').map((end) => valueOf(end, field));
  return ends.length <= 2 && ends.every((end) => end >= field.from && end <= field.to);
}

function valueOf(text: string, { words, from }: Field): number {
  const word = words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return from + word;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
