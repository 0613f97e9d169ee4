import { isIPv4, isIPv6 } from 'node:net';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { isDate, isDateTime, isTime } from './dateTime.ts';
import { javaText, javaTypeName } from './javaText.ts';

/** A value that a scalar refuses; the message is the part AppSync prints after the field's or variable's name. */
export class ScalarError extends Error {}

export interface Scalar {
  /** What AppSync calls a value in its refusals: `a valid phone number`. */
  readonly label: string;
  /** The value for resolvers of what the client sent (JSON or literal). Throws `ScalarError`. */
  parse(value: unknown): unknown;
  /** The value for the client of what a resolver returned, never null. Throws `ScalarError`. */
  serialize(value: unknown): unknown;
}

const EMAIL = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/;
const URL_FORMAT = /^[A-Za-z][A-Za-z0-9+.-]*:(?<rest>\S+)$/;
const MIN_TIMESTAMP = -31557014167219200;
const MAX_TIMESTAMP = 31556889864403199;
const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

function textScalar(label: string, accepts: (text: string) => boolean): Scalar {
  return {
    label,
    parse: (value) => {
      if (typeof value === 'string' && accepts(value)) return value;
      throw new ScalarError(`Unable to parse \`${javaText(value)}\` as a valid ${label}.`);
    },
    serialize: (value) => {
      if (typeof value === 'string' && accepts(value)) return value;
      throw new ScalarError(`Unable to serialize \`${javaText(value)}\` as a valid ${label} Object.`);
    },
  };
}

function isUrl(text: string): boolean {
  const rest = URL_FORMAT.exec(text)?.groups?.rest;
  if (rest === undefined || !URL.canParse(text)) return false;
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  return !/^[^?#]*\/\//.test(path);
}

function isIPAddress(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  if (more !== undefined || address.includes('%')) return false;
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

/** AppSync's guide uses a number with the fictional area code 555, which libphonenumber takes for unassigned. */
const NORTH_AMERICAN = /^[2-9]\d{2}[2-9]\d{6}$/;

function isPhone(text: string): boolean {
  if (!/^\+?\d[\d -]*$/.test(text)) return false;
  const number = parsePhoneNumberFromString(text, 'US');
  if (number === undefined) return false;
  return number.isValid() || (number.countryCallingCode === '1' && NORTH_AMERICAN.test(number.nationalNumber));
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

// 31556889864403199 is no double; the nearest one, …200, is what JSON makes of it.
const isTimestamp = (value: number): boolean => value >= MIN_TIMESTAMP && value <= Number(MAX_TIMESTAMP);

const timestamp: Scalar = {
  label: 'timestamp',
  parse: (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && isTimestamp(value)) return value;
    throw new ScalarError(`Unable to parse \`${javaText(value)}\` as a valid timestamp.`);
  },
  serialize: (value) => {
    const number = wholeNumber(value);
    if (number !== undefined && isTimestamp(number)) return number;
    throw new ScalarError(`Unable to serialize \`${javaText(value)}\` as a valid timestamp Object.`);
  },
};

const json: Scalar = {
  label: 'JSON',
  parse: (value) => {
    const parsed = typeof value === 'string' ? parseJson(value) : undefined;
    if (parsed === undefined) throw new ScalarError(`Unable to parse \`${javaText(value)}\` as valid JSON.`);
    return parsed.value;
  },
  // A string that holds JSON is already what the client expects; Lambda functions return it that way.
  serialize: (value) => (typeof value === 'string' && parseJson(value) !== undefined ? value : JSON.stringify(value)),
};

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const mismatch = (type: string, value: unknown): ScalarError =>
  new ScalarError(`Expected type '${type}' but was '${javaTypeName(value)}'.`);

const int: Scalar = {
  label: 'Int',
  parse: (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value <= MAX_INT && value >= MIN_INT) return value;
    throw mismatch('Int', value);
  },
  serialize: (value) => {
    const number = wholeNumber(value);
    if (number !== undefined && number <= MAX_INT && number >= MIN_INT) return number;
    throw mismatch('Int', value);
  },
};

const float: Scalar = {
  label: 'Float',
  parse: (value) => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw mismatch('Float', value);
  },
  serialize: (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw mismatch('Float', value);
  },
};

const string: Scalar = {
  label: 'String',
  parse: (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw mismatch('String', value);
  },
  serialize: (value) => (typeof value === 'string' ? value : javaText(value)),
};

const boolean: Scalar = {
  label: 'Boolean',
  parse: (value) => {
    if (typeof value === 'boolean') return value;
    throw mismatch('Boolean', value);
  },
  serialize: (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return value !== 0;
    if (typeof value === 'string') return value.toLowerCase() === 'true';
    throw mismatch('Boolean', value);
  },
};

const id: Scalar = {
  label: 'ID',
  parse: (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isInteger(value)) return String(value);
    throw mismatch('ID', value);
  },
  serialize: (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw mismatch('ID', value);
  },
};

/** Every scalar of an AppSync API; custom ones are not possible. */
export const SCALARS: ReadonlyMap<string, Scalar> = new Map([
  ['Int', int],
  ['Float', float],
  ['String', string],
  ['Boolean', boolean],
  ['ID', id],
  ['AWSDate', textScalar('date', isDate)],
  ['AWSTime', textScalar('time', isTime)],
  ['AWSDateTime', textScalar('DateTime', isDateTime)],
  ['AWSTimestamp', timestamp],
  ['AWSEmail', textScalar('email address', (text) => EMAIL.test(text))],
  ['AWSJSON', json],
  ['AWSPhone', textScalar('phone number', isPhone)],
  ['AWSURL', textScalar('URL', isUrl)],
  ['AWSIPAddress', textScalar('IP address', isIPAddress)],
]);
