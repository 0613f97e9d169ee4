/** What a mailbox of SES's simulator does with a mail; null for any other address, and for those that take it. */
export function simulatedRefusal(address: string): string | null {
  const [, mailbox = ''] = /^([^@+]*)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  return REFUSALS[mailbox.toLowerCase()] ?? null;
}

/**
 * `success@`, `ooto@` and `complaint@` take the mail. Nothing of this puts an address on the suppression list.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const REFUSALS: Readonly<Record<string, string>> = {
  bounce: 'smtp; 550 5.1.1 user unknown',
  suppressionlist:
    'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
};
