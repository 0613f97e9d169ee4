/**
 * `target[key] = value` for keys that clients choose: `__proto__` becomes a member like any other instead of changing
 * what the object inherits.
 */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
