/**
 * The only way out of the sandbox: `(capability, JSON of the arguments) => JSON of the answer`, both strings, so that no
 * object of the host is ever in reach. Resolver code sees neither this module nor the function.
 */
export type Bridge = (capability: string, argumentsJson: string) => string;

/** `{"value":..}`, or `{"error":"message"}` when the capability refuses. */
interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

const { parse, stringify } = JSON;
const HostRefusal = Error;
let bridge: Bridge = () => '{"error":"The host is not connected."}';

export function connect(newBridge: Bridge): void {
  bridge = newBridge;
}

export function callHost(capability: string, ...values: unknown[]): unknown {
  const answer = parse(bridge(capability, stringify(values))) as Answer;
  if (answer.error !== undefined) throw new HostRefusal(answer.error);
  return answer.value;
}
