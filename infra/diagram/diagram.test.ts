import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { exampleConfig, synthesizeTarget, type TerraformDocument } from '../targets.ts';
import { rungNames } from '../rungs.ts';
import { architectureOf } from './architecture.ts';
import { drawn, FOLDER, kept } from './draw.ts';
import { layOut } from './layout.ts';
import type { Diagram } from './model.ts';
import { plantUmlOf } from './plantuml.ts';
import { svgOf } from './svg.ts';

const target = { stage: 'dev', rung: 'users' } as const;

type Resources = NonNullable<TerraformDocument['resource']>;

function diagramOf(stacks: Record<string, { resource: Resources; output?: TerraformDocument['output'] }>): Diagram {
  const documents = Object.entries(stacks).map(([name, stack]) => {
    const document: TerraformDocument = { provider: {}, terraform: {}, ...stack };
    return [name, document] as const;
  });
  return architectureOf({ target, config: exampleConfig(target), stacks: new Map(documents) });
}

function allow(...statements: readonly (readonly [actions: readonly string[], resource: string])[]): string {
  const Statement = statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource: [Resource] }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const remote = (output: string): string =>
  `\${data.terraform_remote_state.cross-stack-reference-input-data.outputs.${output}}`;

/** A garden's diary: an API that reads plants and writes them, and a function that follows them. */
function garden(): Diagram {
  return diagramOf({
    data: {
      resource: {
        aws_dynamodb_table: {
          plants: { billing_mode: 'PAY_PER_REQUEST', global_secondary_index: [{ name: 'byBed' }] },
        },
        aws_cognito_user_pool: { gardeners: {} },
      },
      output: {
        'plants-arn': { value: '${aws_dynamodb_table.plants.arn}' },
        'plants-stream': { value: '${aws_dynamodb_table.plants.stream_arn}' },
        'pool-id': { value: '${aws_cognito_user_pool.gardeners.id}' },
      },
    },
    api: {
      resource: {
        aws_appsync_graphql_api: { diary: { user_pool_config: { user_pool_id: remote('pool-id') } } },
        aws_appsync_datasource: {
          plants_read: {
            api_id: '${aws_appsync_graphql_api.diary.id}',
            service_role_arn: '${aws_iam_role.reader.arn}',
          },
        },
        aws_appsync_resolver: { Query_plant: { data_source: '${aws_appsync_datasource.plants_read.name}' } },
        aws_appsync_function: { loadPlants: { data_source: '${aws_appsync_datasource.plants_read.name}' } },
        aws_lambda_function: { harvest: { role: '${aws_iam_role.harvest.arn}', memory_size: 256, timeout: 30 } },
        aws_lambda_event_source_mapping: {
          harvest: { event_source_arn: remote('plants-stream'), function_name: '${aws_lambda_function.harvest.arn}' },
        },
        aws_iam_role: { reader: {}, harvest: {} },
        aws_iam_role_policy: {
          reader: {
            role: '${aws_iam_role.reader.name}',
            policy: allow([['dynamodb:GetItem', 'dynamodb:Query'], remote('plants-arn')]),
          },
          harvest: {
            role: '${aws_iam_role.harvest.name}',
            policy: allow(
              [['dynamodb:GetRecords'], remote('plants-stream')],
              [['dynamodb:UpdateItem'], remote('plants-arn')],
              [['appsync:GraphQL'], '${aws_appsync_graphql_api.diary.arn}/types/Mutation/fields/publishPlant'],
            ),
          },
        },
      },
    },
  });
}

describe('the picture of a system', () => {
  test('has a node for each part, and one for many of a kind', () => {
    expect(garden().nodes.map(({ id, group, title, details }) => [id, group, title, ...details])).toEqual([
      ['people', undefined, 'People'],
      [expect.stringMatching(/^roles_/), 'operations', 'Roles', '2 roles'],
      ['table_plants', 'tables', 'plants', 'on demand', 'byBed'],
      ['userPool_gardeners', 'identity', 'gardeners'],
      ['api_diary', 'api', 'diary', '1 resolvers', '1 functions', '1 data sources'],
      ['lambda_harvest', 'workers', 'harvest', '256 MB · 30 s'],
    ]);
  });

  test('has lines where roles allow, streams lead and people come in', () => {
    expect(garden().edges).toEqual([
      {
        from: 'people',
        to: 'userPool_gardeners',
        relation: 'request',
        forward: true,
        back: true,
        step: 3,
        label: 'sign in',
      },
      { from: 'people', to: 'api_diary', relation: 'request', forward: true, back: true, step: 5, label: 'GraphQL' },
      { from: 'api_diary', to: 'userPool_gardeners', relation: 'request', forward: true, back: false, label: 'tokens' },
      { from: 'table_plants', to: 'lambda_harvest', relation: 'event', forward: true, back: false, step: 4 },
      { from: 'api_diary', to: 'table_plants', relation: 'data', forward: false, back: true, step: 7, label: '2×' },
      { from: 'lambda_harvest', to: 'table_plants', relation: 'work', forward: true, back: false },
      { from: 'lambda_harvest', to: 'api_diary', relation: 'publish', forward: true, back: false },
    ]);
  });

  test('is refused for a type of resource that it does not know how to draw', () => {
    const draw = () => diagramOf({ data: { resource: { aws_neptune_cluster: { graph: {} } } } });
    expect(draw).toThrow('infra/diagram/kinds.ts does not say how to draw aws_neptune_cluster.graph');
  });

  test('is refused when a stack reads an output that another does not have', () => {
    const draw = () =>
      diagramOf({ api: { resource: { aws_lambda_function: { harvest: { role: remote('role-arn') } } } } });
    expect(draw).toThrow('The stack data has no output role-arn.');
  });
});

describe('the SVG', () => {
  test('says in its description what is connected, and escapes what it is told', async () => {
    const diagram = { ...garden(), title: 'Beds & <paths>' };
    const svg = svgOf(diagram, await layOut(diagram));
    expect(svg).toContain('<title id="title">Beds &amp; &lt;paths&gt;</title>');
    expect(svg).toContain('plants to harvest: event');
  });

  test('refers to nothing outside itself and runs nothing', async () => {
    const diagram = garden();
    const svg = svgOf(diagram, await layOut(diagram));
    const addresses = svg.match(/\w+:\/\/[^"')\s]+/g);
    expect(addresses).toEqual(['http://www.w3.org/2000/svg']);
    expect(svg).not.toMatch(/<(script|image|use|foreignObject)|href|@import|url\((?!#)/);
  });

  test('has the colours of a light and of a dark page', async () => {
    const diagram = garden();
    expect(svgOf(diagram, await layOut(diagram))).toContain('@media(prefers-color-scheme:dark){:root{--paper:#0e141c');
  });

  test('is the same bytes for the same Terraform', async () => {
    const [first, second] = await Promise.all(
      [garden(), garden()].map(async (diagram) => svgOf(diagram, await layOut(diagram))),
    );
    expect(first).toBe(second);
  });

  test('keeps every card inside its group and apart from the others', async () => {
    const diagram = garden();
    const { nodes, groups } = await layOut(diagram);
    for (const [node, box] of nodes) {
      const group = node.group && groups.get(node.group);
      if (!group) continue;
      expect(box.x).toBeGreaterThan(group.x);
      expect(box.x + box.width).toBeLessThan(group.x + group.width);
      expect(box.y + box.height).toBeLessThan(group.y + group.height);
      for (const [other, near] of nodes)
        if (other !== node)
          expect(
            box.x + box.width <= near.x ||
              near.x + near.width <= box.x ||
              box.y + box.height <= near.y ||
              near.y + near.height <= box.y,
          ).toBe(true);
    }
  });
});

describe('the PlantUML', () => {
  test('draws with icons that it includes, between aliases that it declares', () => {
    const text = plantUmlOf(garden());
    const included = [...text.matchAll(/^!include <awslib20\/\w+\/(\w+)>$/gm)].map(([, icon]) => icon);
    const used = [...text.matchAll(/\$(\w+)IMG\(\)/g)].map(([, icon]) => icon);
    expect(included.filter((icon) => icon !== 'all')).toEqual(
      [...new Set(used)].sort((a, b) => included.indexOf(a) - included.indexOf(b)),
    );
    const declared = [...text.matchAll(/" as (\w+)$/gm)].map(([, alias]) => alias);
    const ends = [...text.matchAll(/^(\w+) <?-\[#\w+\]->? (\w+)/gm)].flatMap(([, from, to]) => [from, to]);
    expect(ends).toHaveLength(14);
    expect(ends.filter((alias) => !declared.includes(alias))).toEqual([]);
  });

  test('numbers the steps', () => {
    expect(plantUmlOf(garden())).toContain('people <-[#4a5568]-> userPool_gardeners: <size:18>③</size>\\lsign in');
  });
});

describe('the layout of the PlantUML', () => {
  test('tells every line from its left end, with the arrow where the data goes', () => {
    const text = plantUmlOf(garden());
    expect(text).toContain('userPool_gardeners <-[#4a5568]- api_diary: tokens');
    expect(text).toContain('lambda_harvest <-[#7a32d4]- table_plants: <size:18>④</size>');
    expect(text).toContain('lambda_harvest -[#b4540a]-> table_plants');
  });

  test('holds what has no lines behind the tables', () => {
    expect(plantUmlOf(garden())).toMatch(/^table_plants -\[hidden\]-> roles_group\d+$/m);
  });

  test('says what its lines and numbers mean, and no others', () => {
    const [, legend] = /^legend left\n([^]*)\nendlegend$/m.exec(plantUmlOf(garden())) ?? [];
    expect(legend?.split('\n').map((row) => row.split(' | ').at(-1))).toEqual([
      'requests, and what they are answered with |',
      'the API reads and writes; n× is the resolvers and functions that do |',
      'what happens here starts work there |',
      'workers read and write |',
      'workers publish to subscribers |',
      'The visitor signs in with Cognito |',
      'What was posted reaches Lambda |',
      'The page asks AppSync for data |',
      'AppSync reads and writes DynamoDB |',
    ]);
  });
});

describe('the kept pictures', () => {
  test.for(kept)(
    'are those of the Terraform now: $stage $rung (npm run diagram)',
    { timeout: 60_000 },
    async (picture) => {
      for (const [name, content] of await drawn(picture)) {
        const path = fileURLToPath(new URL(`../../${FOLDER}/${name}`, import.meta.url));
        expect(readFileSync(path, 'utf8'), name).toBe(content);
      }
    },
  );

  test('walk the steps 1 to 5 and 7', { timeout: 60_000 }, async () => {
    const { edges } = architectureOf(await synthesizeTarget({ stage: 'prod', rung: 'users' }));
    expect([...new Set(edges.flatMap(({ step }) => step ?? []))].sort()).toEqual([1, 2, 3, 4, 5, 7]);
  });
});

test.for(rungNames)('every resource has its place in the picture of %s', { timeout: 60_000 }, async (rung) => {
  const { nodes } = architectureOf(await synthesizeTarget({ stage: 'prod', rung }));
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  expect(nodes.filter(({ kind }) => kind === 'table')).toHaveLength(8);
});
