import { validationError } from './errors.ts';
import { MAX_NUMBER_DIGITS, MAX_NUMBER_EXPONENT, MIN_NUMBER_EXPONENT } from './limits.ts';

/** A decimal in scientific form: `sign * d.ddd * 10^exponent`, `digits` without leading or trailing zeros. */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

const ZERO: Decimal = { sign: 0, digits: '', exponent: 0 };
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** Integers that a double holds exactly and that are already written as DynamoDB answers them. */
const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** The number as DynamoDB answers it: plain decimal notation without superfluous zeros. Throws `ValidationException`. */
export function normaliseNumber(text: string): string {
  if (SHORT_INTEGER.test(text)) return text;
  return formatDecimal(checkRange(parseNumber(text)));
}

export function parseNumber(text: string): Decimal {
  if (SHORT_INTEGER.test(text)) return parseShortInteger(text);
  const match = NUMBER.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole.length + fraction.length === 0) {
    const shown = text === '' ? '' : `: ${text}`;
    throw validationError(`The parameter cannot be converted to a numeric value${shown}`);
  }
  const all = whole + fraction;
  const leading = countLeadingZeros(all);
  const digits = all.slice(leading).replace(/0+$/, '');
  if (digits === '') return ZERO;
  return { sign: match[1] === '-' ? -1 : 1, digits, exponent: whole.length - 1 - leading + Number(match[4] ?? 0) };
}

function parseShortInteger(text: string): Decimal {
  if (text === '0') return ZERO;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let end = text.length;
  while (text.charCodeAt(end - 1) === DIGIT_ZERO) end -= 1;
  return { sign: start === 1 ? -1 : 1, digits: text.slice(start, end), exponent: text.length - start - 1 };
}

const MINUS = 0x2d;
const DIGIT_ZERO = 0x30;

export function addNumbers(left: string, right: string): string {
  return combine(left, right, 1);
}

export function subtractNumbers(left: string, right: string): string {
  return combine(left, right, -1);
}

/** Compares two normalised numbers: negative, zero or positive like `left - right`. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  // Rounding to a double keeps the order, so doubles that differ decide.
  const difference = Number(left) - Number(right);
  if (difference !== 0) return difference;
  const scale = Math.min(scaleOf(parseNumber(left)), scaleOf(parseNumber(right)));
  const exact = mantissa(parseNumber(left), scale) - mantissa(parseNumber(right), scale);
  return exact < 0n ? -1 : exact > 0n ? 1 : 0;
}

function combine(left: string, right: string, direction: 1 | -1): string {
  if (SHORT_INTEGER.test(left) && SHORT_INTEGER.test(right)) return String(Number(left) + direction * Number(right));
  const a = parseNumber(left);
  const b = parseNumber(right);
  const scale = Math.min(scaleOf(a), scaleOf(b));
  const sum = mantissa(a, scale) + BigInt(direction) * mantissa(b, scale);
  return formatDecimal(checkRange(fromMantissa(sum, scale)));
}

/** The power of ten of the last digit. */
function scaleOf(value: Decimal): number {
  return value.sign === 0 ? 0 : value.exponent - value.digits.length + 1;
}

function mantissa(value: Decimal, scale: number): bigint {
  if (value.sign === 0) return 0n;
  return BigInt(value.sign) * BigInt(value.digits) * 10n ** BigInt(scaleOf(value) - scale);
}

function fromMantissa(value: bigint, scale: number): Decimal {
  if (value === 0n) return ZERO;
  const all = (value < 0n ? -value : value).toString();
  return { sign: value < 0n ? -1 : 1, digits: all.replace(/0+$/, ''), exponent: all.length - 1 + scale };
}

function checkRange(value: Decimal): Decimal {
  if (value.sign === 0) return value;
  if (value.exponent > MAX_NUMBER_EXPONENT) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (value.exponent < MIN_NUMBER_EXPONENT) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (value.digits.length > MAX_NUMBER_DIGITS) {
    throw validationError(`Attempting to store more than ${MAX_NUMBER_DIGITS} significant digits in a Number`);
  }
  return value;
}

function formatDecimal({ sign, digits, exponent }: Decimal): string {
  if (sign === 0) return '0';
  const minus = sign < 0 ? '-' : '';
  if (exponent < 0) return `${minus}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return minus + digits.padEnd(exponent + 1, '0');
  return `${minus}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function countLeadingZeros(digits: string): number {
  let count = 0;
  while (digits[count] === '0') count += 1;
  return count;
}
