import { TerraformError } from './error.ts';

/** Computes each address once, when it is first referred to, and notices when one refers to itself. */
export interface Memory {
  once<Value>(address: string, compute: () => Value): Value;
}

export function createMemory(): Memory {
  const known = new Map<string, unknown>();
  /** In the order in which one led to the next. */
  const underWay = new Set<string>();
  return {
    once<Value>(address: string, compute: () => Value): Value {
      if (known.has(address)) return known.get(address) as Value;
      if (underWay.has(address)) throw circle(address, [...underWay]);
      underWay.add(address);
      try {
        const value = compute();
        known.set(address, value);
        return value;
      } finally {
        underWay.delete(address);
      }
    },
  };
}

function circle(address: string, path: readonly string[]): TerraformError {
  const links = [...path.slice(path.indexOf(address)), address];
  const message =
    links.length === 2
      ? `${address} refers to itself. A resource's arguments cannot use its own attributes.`
      : `${address} refers to itself in a circle: ${links.join(' -> ')}. Take one of these references out.`;
  return new TerraformError(message, { address });
}
