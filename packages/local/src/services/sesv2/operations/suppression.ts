import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { parseMailbox } from '../addresses.ts';
import type { Operation } from '../context.ts';
import { badRequest, notFound, readerOf } from '../input.ts';
import { SUPPRESSION_REASONS, type SuppressionReason } from '../model.ts';
import type { SuppressedAddress } from '../store.ts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutSuppressedDestination.html */
export const putSuppressedDestination: Operation = (input, { store, clock }) => {
  const read = readerOf(input);
  read.refuse(['TenantName']);
  const { address } = parseMailbox(read.text('EmailAddress'));
  store.suppress({ address, reason: reasonOf(read.text('Reason')), updatedAt: clock.now() });
  return {};
};

export const getSuppressedDestination: Operation = (input, { store }) => {
  const address = readerOf(input).text('EmailAddress');
  const entry = store.suppressed(address);
  if (entry === null) throw notOnList(address);
  return { SuppressedDestination: described(entry) };
};

export const deleteSuppressedDestination: Operation = (input, { store }) => {
  const address = readerOf(input).text('EmailAddress');
  if (!store.release(address)) throw notOnList(address);
  return {};
};

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1_000;

/** `Reasons`, `StartDate` and `EndDate` (ISO 8601) narrow it down; `NextToken` goes on after a page. */
export const listSuppressedDestinations: Operation = (input, { store }) => {
  const read = readerOf(input);
  read.refuse(['TenantName']);
  const size = pageSize(input);
  const wanted = filterOf(input);
  const found: SuppressedAddress[] = [];
  let after = addressAfter(read.optionalText('NextToken'));
  // One more than the page tells whether there is another.
  while (found.length <= size) {
    const entries = store.listSuppressed(after, MAX_PAGE_SIZE);
    found.push(...entries.filter(wanted));
    if (entries.length < MAX_PAGE_SIZE) break;
    after = entries.at(-1)?.address ?? '';
  }
  const page = found.slice(0, size);
  const last = page.at(-1);
  return {
    SuppressedDestinationSummaries: page.map(described),
    ...(found.length > size && last && { NextToken: Buffer.from(last.address).toString('base64url') }),
  };
};

function pageSize(input: JsonObject): number {
  const size = input['PageSize'] ?? DEFAULT_PAGE_SIZE;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw badRequest(`PageSize must be between 1 and ${MAX_PAGE_SIZE}`);
}

function filterOf(input: JsonObject): (entry: SuppressedAddress) => boolean {
  const read = readerOf(input);
  const reasons = read.texts('Reasons').map(reasonOf);
  const from = dateOf('StartDate', read.optionalText('StartDate')) ?? Number.NEGATIVE_INFINITY;
  const to = dateOf('EndDate', read.optionalText('EndDate')) ?? Number.POSITIVE_INFINITY;
  return ({ reason, updatedAt }) =>
    (reasons.length === 0 || reasons.includes(reason)) && updatedAt >= from && updatedAt <= to;
}

function dateOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`${name} must be a date in ISO 8601`);
  return time;
}

function addressAfter(token: string | undefined): string {
  if (token === undefined) return '';
  const address = Buffer.from(token, 'base64url').toString();
  if (Buffer.from(address).toString('base64url') === token) return address;
  throw new AwsError('InvalidNextTokenException', 'The specified request includes an invalid or expired token.');
}

function reasonOf(text: string): SuppressionReason {
  const reason = SUPPRESSION_REASONS.find((known) => known === text);
  if (reason === undefined) throw badRequest(`Reason must be one of ${SUPPRESSION_REASONS.join(', ')}`);
  return reason;
}

/** Times of awsJson and restJson bodies are seconds since 1970. */
const described = ({ address, reason, updatedAt }: SuppressedAddress): JsonObject => ({
  EmailAddress: address,
  Reason: reason,
  LastUpdateTime: updatedAt / 1000,
});

const notOnList = (address: string): AwsError =>
  notFound(`Email address ${address} does not exist on your suppression list.`);
