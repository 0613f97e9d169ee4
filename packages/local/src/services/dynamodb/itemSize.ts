import type { AttributeValue, Item } from './model.ts';

const CONTAINER_OVERHEAD_BYTES = 3;

/** An item's size in bytes as DynamoDB counts it (developerguide/CapacityUnitCalculations): names and values. */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) size += textSize(name) + valueSize(item[name] as AttributeValue);
  return size;
}

function valueSize(value: AttributeValue): number {
  if ('S' in value) return textSize(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('M' in value) return CONTAINER_OVERHEAD_BYTES + Object.keys(value.M).length + itemSize(value.M);
  if ('L' in value) return value.L.reduce((sum, member) => sum + 1 + valueSize(member), CONTAINER_OVERHEAD_BYTES);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('B' in value) return binarySize(value.B);
  if ('SS' in value) return value.SS.reduce((sum, member) => sum + textSize(member), 0);
  if ('NS' in value) return value.NS.reduce((sum, member) => sum + numberSize(member), 0);
  return value.BS.reduce((sum, member) => sum + binarySize(member), 0);
}

/** Up to this length looking at each character is faster than asking Node for the UTF-8 length. */
const SHORT_TEXT = 32;

function textSize(text: string): number {
  const { length } = text;
  if (length > SHORT_TEXT) return Buffer.byteLength(text);
  for (let i = 0; i < length; i += 1) if (text.charCodeAt(i) > 0x7f) return Buffer.byteLength(text);
  return length;
}

/** One byte, one more for two significant digits each, one for a minus. The number is in its normal form. */
function numberSize(text: string): number {
  let digits = 0;
  let zeros = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charCodeAt(i);
    if (character === ZERO && digits > 0) zeros += 1;
    if (character <= ZERO || character > NINE) continue;
    digits += zeros + 1;
    zeros = 0;
  }
  return 1 + Math.ceil(digits / 2) + (text.charCodeAt(0) === MINUS ? 1 : 0);
}

const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

function binarySize(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
