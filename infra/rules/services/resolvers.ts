import { block, blocks, number, text, texts } from '../model/json.ts';
import { codeProblems } from '../model/appsyncJs.ts';
import { fieldsOf, schemaProblem } from '../model/graphqlSchema.ts';
import type { Resource, System } from '../model/system.ts';
import { literalOf } from '../model/template.ts';
import { resourceRule, type Fault, type Rule } from '../rule.ts';

const RESOLVER = ['aws_appsync_resolver'] as const;
const CODED = ['aws_appsync_resolver', 'aws_appsync_function'] as const;
/** https://docs.aws.amazon.com/general/latest/gr/appsync.html */
const MAX_FUNCTIONS = 10;
const MAX_CODE_CHARACTERS = 32_768;

/** Fields of the schema, what answers them and its code. */
export const resolvers: readonly Rule[] = [
  resourceRule({
    id: 'appsync/schema',
    scanners: [],
    reason: 'AppSync would refuse the schema in the middle of a deployment; Terraform does not read it.',
    types: ['aws_appsync_graphql_api'],
    inspect: ({ args }) => {
      const problem = schemaProblem(literalOf(text(args.schema)));
      return problem ? { problem: `has a schema that is not GraphQL: ${problem}`, fix: 'correct schema/' } : undefined;
    },
  }),
  resourceRule({
    id: 'appsync/resolver-field',
    scanners: [],
    reason: 'AppSync refuses a resolver of a field that its schema does not have.',
    types: RESOLVER,
    inspect: (resolver, system) => {
      const [type, field] = [text(resolver.args.type), text(resolver.args.field)];
      const fields = fieldsOf(schemaOf(resolver, system)).get(type);
      return fields?.has(field)
        ? undefined
        : { problem: `answers ${type}.${field}, which is not in the schema`, fix: 'correct type and field' };
    },
  }),
  resourceRule({
    id: 'appsync/resolver-unique',
    scanners: [],
    reason: 'A field has one resolver; the second creation fails.',
    types: RESOLVER,
    inspect: (resolver, { ofType }) => {
      const twin = ofType(...RESOLVER).find((each) => coordinate(each) === coordinate(resolver));
      return twin === resolver
        ? undefined
        : { problem: `answers ${coordinate(resolver)} as ${twin?.address} does`, fix: 'remove one of them' };
    },
  }),
  resourceRule({
    id: 'appsync/resolver-kind',
    scanners: [],
    reason: 'A unit resolver has a data source, a pipeline resolver one to ten functions, and neither has both.',
    types: RESOLVER,
    inspect: (resolver) => kindFaults(resolver),
  }),
  resourceRule({
    id: 'appsync/data-source-exists',
    scanners: [],
    reason: 'AppSync finds data sources by name, which Terraform cannot know to exist.',
    types: CODED,
    inspect: (coded, system) => {
      const named = coded.args.data_source;
      if (named === undefined) return undefined;
      const found = system.follow(coded, named)?.resource.type === 'aws_appsync_datasource';
      const byName = system.ofType('aws_appsync_datasource').some(({ args }) => args.name === named);
      return found || byName
        ? undefined
        : { problem: `uses the data source ${text(named)}, which is not declared`, fix: 'refer to a data source' };
    },
  }),
  resourceRule({
    id: 'appsync/function-exists',
    scanners: [],
    reason: 'A pipeline is of functions of the same API.',
    types: RESOLVER,
    inspect: (resolver, system) =>
      texts(block(resolver.args.pipeline_config).functions)
        .filter((step) => system.follow(resolver, step)?.resource.type !== 'aws_appsync_function')
        .map((step) => ({
          problem: `has the step ${step}, which is no declared function`,
          fix: 'refer to a function',
        })),
  }),
  resourceRule({
    id: 'appsync/data-source-role',
    scanners: [],
    reason: 'AppSync acts on a data source with the role of that data source alone.',
    types: ['aws_appsync_datasource'],
    inspect: (source, system) => roleFault(source, system),
  }),
  resourceRule({
    id: 'appsync/code',
    scanners: [],
    reason: 'AppSync evaluates a part of JavaScript only, and says so at the first request or at deployment.',
    types: CODED,
    inspect: (coded) => codeFaults(coded),
  }),
  resourceRule({
    id: 'appsync/cache-keys',
    scanners: [],
    reason: 'A cached answer that depends on the viewer must be found by that viewer only.',
    types: RESOLVER,
    inspect: (resolver, system) => cacheFault(resolver, system),
  }),
];

function schemaOf(resolver: Resource, system: System): string {
  const followed = system.follow(resolver, resolver.args.api_id)?.resource;
  const api =
    followed?.type === 'aws_appsync_datasource' ? system.follow(followed, followed.args.api_id)?.resource : followed;
  return literalOf(text(api?.args.schema));
}

function coordinate({ args }: Resource): string {
  return `${text(args.type)}.${text(args.field)}`;
}

function kindFaults({ args }: Resource): readonly Fault[] {
  const steps = texts(block(args.pipeline_config).functions);
  if (args.kind !== 'PIPELINE') {
    if (steps.length > 0) return [{ problem: 'is of kind UNIT and has functions', fix: 'set kind to PIPELINE' }];
    return args.data_source === undefined ? [{ problem: 'has no data source', fix: 'set dataSource' }] : [];
  }
  if (args.data_source !== undefined) return [{ problem: 'is a pipeline with a data source', fix: 'drop dataSource' }];
  return steps.length >= 1 && steps.length <= MAX_FUNCTIONS
    ? []
    : [{ problem: `is a pipeline of ${steps.length} functions`, fix: `give it 1 to ${MAX_FUNCTIONS}` }];
}

function roleFault(source: Resource, system: System): Fault | undefined {
  const { type, service_role_arn: role, http_config: http } = source.args;
  const anonymous = type === 'HTTP' && blocks(block(http).authorization_config).length === 0;
  if (type === 'NONE' || anonymous) return undefined;
  return system.follow(source, role)?.resource.type === 'aws_iam_role'
    ? undefined
    : { problem: 'has no role of this system', fix: 'set serviceRoleArn to a role with exactly its grants' };
}

function codeFaults({ args }: Resource): readonly Fault[] {
  const code = args.code;
  const runtime = block(args.runtime);
  if (code === undefined && args.runtime === undefined) return [];
  if (code === undefined) return [{ problem: 'has a runtime and no code', fix: 'set code, or drop runtime' }];
  if (runtime.name !== 'APPSYNC_JS' || runtime.runtime_version !== '1.0.0') {
    return [{ problem: 'has code and no runtime for it', fix: 'set runtime to APPSYNC_JS 1.0.0' }];
  }
  const source = literalOf(text(code));
  const tooLong = source.length > MAX_CODE_CHARACTERS;
  return [
    ...(tooLong ? [{ problem: `has ${source.length} characters of code`, fix: `keep to ${MAX_CODE_CHARACTERS}` }] : []),
    ...codeProblems(source).map(({ line, what, instead }) => ({
      problem: `has ${what} at line ${line}`,
      fix: instead,
    })),
  ];
}

function cacheFault(resolver: Resource, system: System): Fault | undefined {
  const caching = block(resolver.args.caching_config);
  const keys = texts(caching.caching_keys);
  // Without keys AppSync takes arguments, source and identity.
  if (keys.length === 0 || number(caching.ttl) === undefined) return undefined;
  const steps = texts(block(resolver.args.pipeline_config).functions).flatMap((step) => {
    const followed = system.follow(resolver, step);
    return followed ? [followed.resource] : [];
  });
  const reader = [resolver, ...steps].find(({ args }) => readsViewer(text(args.code)));
  if (!reader || keys.some((key) => /^\$context\.identity\.(sub|username)$/.test(key))) return undefined;
  return {
    problem: `is cached by ${keys.join(', ')} and ${reader.address} looks at who asks`,
    fix: 'add $context.identity.sub to cachingKeys, or do not cache the field',
  };
}

/** Whether code looks at the identity or at how it signed in. esbuild's comments name files, which are not code. */
function readsViewer(code: string): boolean {
  return /\bidentity\b|\bauthType\s*\(/.test(code.replaceAll(/^\s*\/\/.*$/gm, ''));
}
