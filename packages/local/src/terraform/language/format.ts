import type { JsonValue } from '../../json.ts';
import { ExpressionError } from './syntax.ts';
import { encodeJson, toNumber, toText } from './values.ts';

const VERB = /%(%|([-0]?)(\d*)(?:\.(\d+))?(.))/gsu;

/** Terraform's `format()`: the verbs `%s %d %f %q %v %x %X %%`, with width, precision, and the flags `-` and `0`. */
export function formatText(format: string, values: readonly JsonValue[]): string {
  let next = 0;
  const text = format.replace(
    VERB,
    (verb: string, percent: string, flag = '', width = '', precision: string | undefined, letter = '') => {
      if (percent === '%') return '%';
      if (next >= values.length) throw new ExpressionError(`there is no value for "${verb}"`);
      const shown = show({ letter, verb, precision, value: values[next++] ?? null });
      return flag === '-' ? shown.padEnd(Number(width)) : pad(shown, Number(width), flag);
    },
  );
  if (next < values.length) throw new ExpressionError(`has ${values.length} values for ${next} verbs`);
  return text;
}

/** Zeros go between the sign and the digits. */
function pad(text: string, width: number, flag: string): string {
  if (flag !== '0') return text.padStart(width);
  const sign = text.startsWith('-') ? '-' : '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function wholeNumber(value: JsonValue, verb: string): string {
  const number = toNumber(value, `the value of "${verb}"`);
  if (Number.isInteger(number)) return String(number);
  throw new ExpressionError(`the value of "${verb}" must be a whole number, not ${number}`);
}

/** Half a digit rounds to the even one, as in Go. */
function withFraction(value: number, digits: number): string {
  const options = {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
    roundingMode: 'halfEven',
  } as const;
  return new Intl.NumberFormat('en', options).format(value);
}

interface Verb {
  readonly letter: string;
  readonly verb: string;
  readonly precision?: string;
  readonly value: JsonValue;
}

function show({ letter, verb, precision, value }: Verb): string {
  switch (letter) {
    case 's':
      return toText(value, `the value of "${verb}"`).slice(0, precision === undefined ? undefined : Number(precision));
    case 'd':
      return wholeNumber(value, verb);
    case 'f':
      return withFraction(toNumber(value, `the value of "${verb}"`), Number(precision ?? 6));
    case 'q':
      return JSON.stringify(toText(value, `the value of "${verb}"`));
    case 'v':
      return typeof value === 'object' ? encodeJson(value) : String(value);
    case 'x':
      return toNumber(value, `the value of "${verb}"`).toString(16);
    case 'X':
      return toNumber(value, `the value of "${verb}"`).toString(16).toUpperCase();
    default:
      throw new ExpressionError(`the verb "${verb}" is not supported`);
  }
}
