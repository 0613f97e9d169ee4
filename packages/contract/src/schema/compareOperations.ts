import type { Operation } from '../contract/contract.ts';
import type { Finding, Severity } from '../finding.ts';

/** Clients send the hash of what they were built with: a persisted operation that is gone is an error for each of them. */
export function compareOperations(
  before: readonly Operation[],
  after: readonly Operation[],
  today: string,
): readonly Finding[] {
  const known = new Map(before.map((operation) => [operation.name, operation]));
  const kept = new Set(after.map(({ name }) => name));
  const gone = before.filter(({ name }) => !kept.has(name)).map((operation) => removed(operation, today));
  return [...gone, ...after.flatMap((operation) => compared(known.get(operation.name), operation))];
}

/** Operations that the schema they are committed with does not answer. */
export const brokenOperations = (operations: readonly Operation[]): readonly Finding[] =>
  operations.flatMap((operation) =>
    operation.errors.map((error) =>
      found(
        operation,
        'blocking',
        'OPERATION_BROKEN',
        error.replace(`${operation.path}:`, 'line '),
        'keep the field for as long as clients send the operation, or mend the operation',
      ),
    ),
  );

function found(operation: Operation, severity: Severity, code: string, message: string, remedy?: string): Finding {
  return {
    section: 'schema',
    severity,
    code,
    subject: operation.path,
    message,
    operations: [operation.name],
    ...(remedy !== undefined && { remedy }),
  };
}

const line = (text: string, name: string): string | undefined =>
  new RegExp(`^#\\s*${name}:\\s*(.*?)\\s*$`, 'm').exec(text)?.[1];

/** Who runs an operation, from a line `# clients: web, ios` of its file. */
export const clientsOf = ({ text }: Pick<Operation, 'text'>): readonly string[] =>
  (line(text, 'clients') ?? '')
    .split(',')
    .map((client) => client.trim())
    .filter((client) => client !== '');

function removed(operation: Operation, today: string): Finding {
  const date = line(operation.text, 'retired');
  if (date !== undefined && date <= today)
    return found(
      operation,
      'safe',
      'OPERATION_REMOVED',
      `the operation ${operation.name} was retired on ${date} and is removed`,
    );
  const remedy =
    date === undefined
      ? `say first in ${operation.path} when the last client that sends it will be gone: # retired: YYYY-MM-DD`
      : `it was promised until ${date}: wait until then`;
  return found(
    operation,
    'blocking',
    'OPERATION_REMOVED',
    `the operation ${operation.name} is removed, and clients that send its hash are refused`,
    remedy,
  );
}

function compared(before: Operation | undefined, after: Operation): Finding[] {
  if (!before) return [found(after, 'safe', 'OPERATION_ADDED', `the ${after.kind} ${after.name} is new`)];
  if (before.hash !== after.hash)
    return [
      found(
        after,
        'dangerous',
        'OPERATION_CHANGED',
        `the ${after.kind} ${after.name} has another hash: clients that were built before send the old one`,
      ),
    ];
  const [was, is] = [line(before.text, 'cache'), line(after.text, 'cache')];
  if (was === is) return [];
  return [
    found(
      after,
      'dangerous',
      'OPERATION_CACHE_CHANGED',
      `answers of ${after.name} are kept for ${is ?? 'no'} seconds instead of ${was ?? 'none'}`,
    ),
  ];
}
