import { target } from './target.ts';

/** A mail as the local system keeps it instead of sending it. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  readonly source: string;
  /** Why it did not reach anybody. */
  readonly undelivered?: string;
  /** Absent for what Cognito sends. */
  readonly mail?: {
    readonly html: string | null;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly configurationSet: string | null;
  };
}

/** What was mailed to an address, oldest first, without the codes of Cognito. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(new URL(`/outbox.json?to=${encodeURIComponent(address)}`, target.endpoint));
  const { messages } = (await response.json()) as { messages: Mail[] };
  return messages.filter(({ mail }) => mail !== undefined);
}

/** By the name, whichever its case; undefined without it. */
export function headerOf({ mail }: Mail, name: string): string | undefined {
  return mail?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}
