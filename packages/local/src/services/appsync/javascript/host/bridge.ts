/** A function that the sandbox may call by name. Arguments come from JSON; the answer goes back as JSON. */
export type Capability = (...values: readonly unknown[]) => unknown;
export type Capabilities = Readonly<Record<string, Capability>>;

/** A refusal of a capability; its message reaches the resolver as the error of the library function. */
export class CapabilityError extends Error {
  override readonly name = 'CapabilityError';
}

/**
 * Strings in, a string out, and never an exception, so that no object of the host reaches the sandbox.
 * The function has no prototype and no way back to the host's `Function`.
 */
export function createBridge(capabilities: Capabilities): (capability: string, argumentsJson: string) => string {
  const bridge = (name: string, argumentsJson: string): string => {
    try {
      const capability = Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;
      if (!capability) return refusal(`The host has no capability ${name}.`);
      const values = JSON.parse(argumentsJson) as readonly unknown[];
      return JSON.stringify({ value: capability(...values) });
    } catch (error) {
      return refusal(error instanceof Error ? error.message : String(error));
    }
  };
  Object.setPrototypeOf(bridge, null);
  return Object.freeze(bridge);
}

function refusal(message: string): string {
  return JSON.stringify({ error: message });
}
