import { own } from './attributeValue.ts';
import type { Item } from './model.ts';

/** The epoch second at which an item expires; `null` when its attribute is not a usable number, as on AWS. */
export function expirySecondOf(item: Item, attribute: string): number | null {
  const value = own(item, attribute);
  if (!value || !('N' in value)) return null;
  const second = Math.floor(Number(value.N));
  return Number.isSafeInteger(second) && second > 0 ? second : null;
}
