import { providerTypes } from '../model/providerTypes.ts';
import { isBlock, stringsIn, text, texts } from '../model/json.ts';
import { cyclesOf } from '../model/cycles.ts';
import { outputOf, type Resource, type Stack, type System } from '../model/system.ts';
import { bareNames, interpolationsOf, referencesOf, type Reference } from '../model/template.ts';
import type { Fault, Finding, Rule } from '../rule.ts';

/** Attributes that hold a program or a schema, by type: in them `${` is almost never Terraform's. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  aws_appsync_graphql_api: ['schema'],
  aws_appsync_resolver: ['code', 'request_template', 'response_template'],
  aws_appsync_function: ['code', 'request_mapping_template', 'response_mapping_template'],
  aws_cloudfront_function: ['code'],
};
/** What every resource has. https://developer.hashicorp.com/terraform/language/meta-arguments */
const META_ARGUMENTS = new Set([
  '//',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'connection',
  'provisioner',
]);
/** Names that are not resources. */
const BUILT_IN = /^(terraform|path|each|count|self)\./;

/** What Terraform finds only when it is there, or never. */
export const terraform: readonly Rule[] = [
  {
    id: 'terraform/templates-in-code',
    scanners: [],
    reason:
      'Terraform reads `${` and `%{` in every text, so a template literal of JavaScript is evaluated before AWS sees it.',
    types: Object.keys(PROGRAMS),
    check: (system) => overResources(system, (resource, stack) => templateFaults(resource, stack)),
  },
  {
    id: 'terraform/references',
    scanners: [],
    reason: 'What is referred to is declared in the same stack, or is an output of the other one.',
    check: (system) => [
      ...overResources(system, (resource, stack) => referenceFaults(resource, stack, system)),
      ...overOutputs(system, (output, stack) => referenceFaults(output, stack, system)),
    ],
  },
  {
    id: 'terraform/attributes',
    scanners: [],
    reason: 'The provider has every argument that is set and every attribute that is read.',
    check: (system) =>
      overResources(system, (resource, stack) => [
        ...unknownArguments(resource),
        ...unknownAttributes(resource, stack),
      ]),
  },
  {
    id: 'terraform/cycles',
    scanners: [],
    reason: 'Terraform makes things in order, and a circle has none.',
    check: (system) => system.stacks.flatMap(circularFindings),
  },
  {
    id: 'terraform/provider-pinned',
    scanners: [],
    reason: 'The same JSON plans the same today and next year.',
    types: [],
    check: (system) =>
      system.stacks.flatMap((stack) => {
        const providers = stack.document.terraform.required_providers;
        return Object.entries(isBlock(providers) ? providers : {})
          .filter(([, provider]) => !/^\d+\.\d+\.\d+$/.test(text(isBlock(provider) ? provider.version : undefined)))
          .map(([name]) => ofStack(stack, `takes any version of the provider ${name}`, 'pin it'));
      }),
  },
  {
    id: 'terraform/state',
    scanners: [],
    reason:
      'State holds secrets and is what two people must not write at once: encrypted and locked, in S3 where it is shared.',
    types: [],
    check: ({ stacks, stage }) => stacks.flatMap((stack) => stateFindings(stack, stage)),
  },
];

function overResources(system: System, inspect: (resource: Resource, stack: Stack) => readonly Fault[]): Finding[] {
  return system.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) => inspect(resource, stack).map((fault) => ({ ...fault, resource }))),
  );
}

/** Outputs refer to resources as arguments do. */
function overOutputs(system: System, inspect: (output: Resource, stack: Stack) => readonly Fault[]): Finding[] {
  return system.stacks.flatMap((stack) =>
    Object.entries(stack.document.output ?? {}).flatMap(([id, args]) => {
      const place = { stack: stack.name, address: `output.${id}`, path: `${stack.name}/${id}` };
      const output: Resource = { ...place, mode: 'data', type: 'output', id, args };
      return inspect(output, stack).map((fault) => ({ ...fault, resource: place }));
    }),
  );
}

function ofStack(stack: Stack, problem: string, fix: string): Finding {
  return { resource: { stack: stack.name, address: 'terraform', path: stack.name }, problem, fix };
}

function templateFaults({ type, args }: Resource, stack: Stack): readonly Fault[] {
  return (PROGRAMS[type] ?? []).flatMap((attribute) => {
    const written = text(args[attribute]);
    return interpolationsOf(written)
      .filter(({ kind, expression }) => kind === 'directive' || !isDeclaredReference(expression, stack))
      .map(({ at }) => {
        const line = written.slice(0, at).split('\n').length;
        const excerpt = written.slice(at, at + 24).replaceAll('\n', ' ');
        return {
          problem: `has "${excerpt}" in its ${attribute}, line ${line}, which Terraform would evaluate`,
          fix: 'pass the text through terraformLiteral()',
        };
      });
  });
}

function isDeclaredReference(expression: string, stack: Stack): boolean {
  const [first, ...others] = referencesOf(expression);
  return first !== undefined && others.length === 0 && bareNames(expression).length === 0 && isDeclared(first, stack);
}

function isDeclared({ address }: Reference, stack: Stack): boolean {
  const [kind, name = ''] = address.split('.');
  if (kind === 'var') return Object.hasOwn(stack.document.variable ?? {}, name);
  return BUILT_IN.test(`${address}.`) || stack.resources.some((resource) => resource.address === address);
}

/** References in every text but programs, which are `templateFaults`'. */
function referencesFrom({ type, args }: Resource): { path: string; expression: string }[] {
  const programs = PROGRAMS[type] ?? [];
  return [...stringsIn(args)]
    .filter(({ path }) => !programs.includes(path))
    .flatMap(({ path, text: written }) => interpolationsOf(written).map(({ expression }) => ({ path, expression })));
}

function referenceFaults(resource: Resource, stack: Stack, system: System): readonly Fault[] {
  const inTexts = referencesFrom(resource).flatMap(({ path, expression }) => {
    const references = referencesOf(expression);
    const [bare] = bareNames(expression);
    if (references.length === 0 && !/\w\s*\(/.test(expression)) {
      return [
        {
          problem: `has "\${${expression}}" in ${path}, which is no reference`,
          fix: 'escape it as $${ if it is meant for AWS',
        },
      ];
    }
    if (bare !== undefined && !/\bfor\b/.test(expression)) {
      return [
        { problem: `has the name ${bare} in ${path}, which Terraform does not know`, fix: 'refer to a resource' },
      ];
    }
    return references.flatMap((reference) => danglingFault(reference, path, { stack, system }));
  });
  const dependencies = texts(resource.args.depends_on)
    .filter((address) => !isDeclared({ address, path: [] }, stack))
    .map((address) => ({
      problem: `depends on ${address}, which is not declared`,
      fix: 'refer to the construct itself',
    }));
  return [...inTexts, ...dependencies];
}

function danglingFault(
  reference: Reference,
  path: string,
  { stack, system }: { stack: Stack; system: System },
): Fault[] {
  const { address, path: attributes } = reference;
  if (!isDeclared(reference, stack)) {
    return [
      {
        problem: `refers to ${address} in ${path}, which stack ${stack.name} does not declare`,
        fix: 'refer to the construct, so that its id follows',
      },
    ];
  }
  if (!address.startsWith('data.terraform_remote_state.')) return [];
  const producer = address.slice(address.lastIndexOf('.') + 1).replace(/^cross-stack-reference-input-/, '');
  const document = system.stacks.find(({ name }) => name === producer)?.document;
  const output = attributes[1] ?? '';
  return attributes[0] === 'outputs' && outputOf(document, output) !== undefined
    ? []
    : [
        {
          problem: `reads the output ${output} of stack ${producer} in ${path}, which has none of that name`,
          fix: 'refer to the construct of the other stack',
        },
      ];
}

function unknownArguments({ type, mode, args }: Resource): readonly Fault[] {
  const known = providerTypes().get(`${mode}.${type}`);
  if (!known) return [];
  return Object.keys(args)
    .filter((key) => !META_ARGUMENTS.has(key) && !known.has(key))
    .map((key) => ({
      problem: `sets ${key}, which ${type} does not have`,
      fix: 'correct the name, or remove the override',
    }));
}

function unknownAttributes(resource: Resource, stack: Stack): readonly Fault[] {
  return referencesFrom(resource).flatMap(({ path, expression }) =>
    referencesOf(expression).flatMap(({ address, path: [attribute] }) => {
      const target = stack.resources.find((each) => each.address === address);
      const known = target && providerTypes().get(`${target.mode}.${target.type}`);
      return !known || attribute === undefined || attribute === '*' || known.has(attribute)
        ? []
        : [
            {
              problem: `reads ${address}.${attribute} in ${path}, which ${target.type} does not have`,
              fix: 'use an attribute that it exports',
            },
          ];
    }),
  );
}

function circularFindings(stack: Stack): readonly Finding[] {
  const edges = stack.resources.map((resource) => {
    const references = [...stringsIn(resource.args)].flatMap(({ text: written }) =>
      interpolationsOf(written).flatMap(({ expression }) => referencesOf(expression).map(({ address }) => address)),
    );
    return [resource.address, [...references, ...texts(resource.args.depends_on)]] as const;
  });
  return cyclesOf(new Map(edges)).flatMap((cycle) => {
    const resource = stack.resources.find(({ address }) => address === cycle[0]);
    const problem = `waits for itself: ${[...cycle, cycle[0]].join(' -> ')}`;
    return resource ? [{ resource, problem, fix: 'let one of them name the other by text, or split it' }] : [];
  });
}

function stateFindings(stack: Stack, stage: string): readonly Finding[] {
  const backends = stack.document.terraform.backend;
  const s3 = isBlock(backends) && isBlock(backends.s3) ? backends.s3 : undefined;
  if (!s3) {
    return stage === 'dev' || stack.name === 'bootstrap'
      ? []
      : [ofStack(stack, `keeps the state of ${stage} in a file`, 'set HIROBA_STATE_BUCKET')];
  }
  return s3.encrypt === true && s3.use_lockfile === true
    ? []
    : [ofStack(stack, 'keeps its state unencrypted or unlocked', 'set encrypt and use_lockfile')];
}
