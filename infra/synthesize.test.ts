import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolverBundler } from './bundle.ts';
import type { Config } from './config.ts';
import { stages } from './stages.ts';
import { synthesizer, type OutputFiles, type Synthesizer } from './synthesize.ts';
import { config, folderWith, smallFiles, smallSchema, smallWiring, write } from './testing/application.ts';
import { argsOf, readLiteral, resourcesOf, statementsOf, type Resource } from './testing/terraform.ts';

/** Everything that Terraform, JSON or a replacement string could take for its own. */
const HOSTILE = 'export const request = (ctx) => `${ctx.a}$${ctx.b} %{if} %%{x} $$ $& \\\\ "quoted" 😀 広場`;\n';

const used: Synthesizer[] = [];
afterAll(() => Promise.all(used.map((each) => each.dispose())));

function small(root: string, changes: Partial<Config> = {}): Synthesizer {
  const made = synthesizer({
    config: { ...config, ...changes },
    root,
    wiring: smallWiring,
    readSchema: () => smallSchema,
  });
  used.push(made);
  return made;
}

describe('synthesis of a small application', () => {
  const root = folderWith({ ...smallFiles, 'resolvers/Query.post.ts': HOSTILE });
  let files: OutputFiles;
  let resources: Resource[];
  beforeAll(async () => {
    files = await small(root).synthesize();
    resources = resourcesOf(files);
  });

  test('gives its stacks, which the manifest lists with what they depend on', () => {
    const manifest = JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString());
    expect(manifest.stacks).toMatchObject({
      data: { dependencies: [], synthesizedStackPath: 'stacks/data/cdk.tf.json' },
      api: { dependencies: ['data'], workingDirectory: 'stacks/api' },
      edge: { dependencies: ['api', 'data'] },
    });
  });

  test('is the same to the byte when it is repeated, in this process or another', async () => {
    expect(await small(root).synthesize()).toEqual(files);
    const elsewhere = folderWith({ ...smallFiles, 'resolvers/Query.post.ts': HOSTILE });
    expect(await small(elsewhere, { outdir: '/elsewhere' }).synthesize()).toEqual(files);
  });

  test('gives Terraform code that reads back as the bundler made it', async () => {
    const bundler = resolverBundler({ root, entries: { 'Query.post': 'resolvers/Query.post.ts' } }, {});
    const bundled = (await bundler.build()).get('Query.post');
    await bundler.dispose();
    const code = String(argsOf(resources, 'aws_appsync_resolver.Query_post').code);
    expect(readLiteral(code)).toBe(bundled);
    expect(code).toContain('`$${ctx.a}$$${ctx.b} %%{if} %%%{x} $$ $& \\\\ "quoted" 😀 広場`');
  });

  test('answers a field by the functions of its pipeline', () => {
    expect(argsOf(resources, 'aws_appsync_resolver.Query_post')).toMatchObject({
      type: 'Query',
      field: 'post',
      kind: 'PIPELINE',
      runtime: { name: 'APPSYNC_JS', runtime_version: '1.0.0' },
      pipeline_config: { functions: ['${aws_appsync_function.loadPost.function_id}'] },
    });
    expect(argsOf(resources, 'aws_appsync_function.loadPost').data_source).toBe(
      '${aws_appsync_datasource.posts_read.name}',
    );
  });

  test('lets a data source do what its row grants, on the table and the indexes named', () => {
    const arn =
      '${data.terraform_remote_state.cross-stack-reference-input-data.outputs.cross-stack-output-aws_dynamodb_table_posts_arn}';
    expect(statementsOf(argsOf(resources, 'aws_iam_role_policy.posts_read').policy)).toEqual([
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [arn] },
      // All that an index can be asked.
      { Effect: 'Allow', Action: ['dynamodb:Query'], Resource: [`${arn}/index/byTag`] },
    ]);
  });

  test('lets AppSync assume the role of a data source for this API of this account only', () => {
    expect(statementsOf(argsOf(resources, 'aws_iam_role.posts_read').assume_role_policy)).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'appsync.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.current.account_id}' },
          ArnEquals: { 'aws:SourceArn': '${aws_appsync_graphql_api.graphql.arn}' },
        },
      },
    ]);
  });

  test('gives a handler its environment, its stream and the one mutation it publishes', () => {
    expect(argsOf(resources, 'aws_lambda_function.counters')).toMatchObject({
      function_name: 'hiroba-dev-counters',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      environment: {
        variables: {
          POSTS_TABLE: 'hiroba-dev-posts',
          GRAPHQL_ENDPOINT: '${aws_appsync_graphql_api.graphql.uris["GRAPHQL"]}',
        },
      },
    });
    expect(argsOf(resources, 'aws_lambda_event_source_mapping.counters_edges')).toMatchObject({
      batch_size: 100,
      maximum_batching_window_in_seconds: 1,
      bisect_batch_on_function_error: true,
      function_response_types: ['ReportBatchItemFailures'],
      filter_criteria: { filter: [{ pattern: '{"eventName":["INSERT"]}' }] },
    });
    const graphql = statementsOf(argsOf(resources, 'aws_iam_role_policy.counters').policy).find(({ Action }) =>
      Action.includes('appsync:GraphQL'),
    );
    expect(graphql?.Resource).toEqual(['${aws_appsync_graphql_api.graphql.arn}/types/Mutation/fields/publishPost']);
  });

  test('packs a handler as one module that runs, with its hash for Terraform', async () => {
    const { filename, source_code_hash: hash } = argsOf(resources, 'aws_lambda_function.counters');
    const zip = files.get(`stacks/api/${String(filename)}`) ?? new Uint8Array();
    const { 'index.mjs': code, ...others } = unzipSync(zip);
    expect(others).toEqual({});
    const module = await import(
      `data:text/javascript,${encodeURIComponent(
        Buffer.from(code ?? [])
          .toString()
          .replace(/^import.*\nconst require.*$/m, ''),
      )}`
    );
    expect(await module.handler()).toEqual({ batchItemFailures: [] });
    const digest = await crypto.subtle.digest('SHA-256', Buffer.from(zip));
    expect(hash).toBe(Buffer.from(digest).toString('base64'));
  });

  test('keeps state beside the output folder, in the file that the next stack reads', () => {
    const document = (stack: string) =>
      JSON.parse(Buffer.from(files.get(`stacks/${stack}/cdk.tf.json`) ?? []).toString());
    expect(document('data').terraform.backend).toEqual({
      local: { path: '../../../terraform.hiroba-dev-data.tfstate' },
    });
    expect(document('api').data.terraform_remote_state['cross-stack-reference-input-data'].config).toEqual({
      path: '../../../terraform.hiroba-dev-data.tfstate',
    });
  });
});

describe('synthesis after a change', () => {
  test('takes a saved resolver', async () => {
    const root = folderWith(smallFiles);
    const synth = small(root);
    const before = argsOf(resourcesOf(await synth.synthesize()), 'aws_appsync_resolver.Mutation_publishPost').code;
    write(root, 'resolvers/Mutation.publishPost.ts', 'export const request = () => ({ saved: true });\n');
    const after = argsOf(
      resourcesOf(await synth.synthesize(['resolvers/Mutation.publishPost.ts'])),
      'aws_appsync_resolver.Mutation_publishPost',
    ).code;
    expect(before).not.toContain('saved: true');
    expect(after).toContain('saved: true');
  });

  test('takes a resolver that was saved while something else was wrong', async () => {
    const root = folderWith(smallFiles);
    let schema = smallSchema;
    const synth = synthesizer({ config, root, wiring: smallWiring, readSchema: () => schema });
    used.push(synth);
    await synth.synthesize();
    schema = `${smallSchema}type Subscription { unanswered: String }\n`;
    write(root, 'resolvers/Mutation.publishPost.ts', 'export const request = () => ({ saved: true });\n');
    await expect(synth.synthesize(['resolvers/Mutation.publishPost.ts'])).rejects.toThrow(
      'error Subscription.unanswered is in the schema and has no row in infra/resolvers.ts',
    );
    schema = smallSchema;
    const resources = resourcesOf(await synth.synthesize(['schema/schema.graphql']));
    expect(argsOf(resources, 'aws_appsync_resolver.Mutation_publishPost').code).toContain('saved: true');
  });

  test('names a handler that does not exist', async () => {
    const root = folderWith(smallFiles);
    rmSync(join(root, 'lambdas/counters'), { recursive: true });
    await expect(small(root).synthesize()).rejects.toThrow(
      'error lambdas/counters/handler.ts does not exist, and infra has a row for counters',
    );
  });
});

describe('a stage that people share', () => {
  test('keeps its state locked in S3, protects its data and refuses introspection', async () => {
    const prod = { ...stages.prod, stage: 'prod', stateBucket: 'states' } as const;
    const files = await small(folderWith(smallFiles), prod).synthesize();
    const resources = resourcesOf(files);
    const { terraform } = JSON.parse(Buffer.from(files.get('stacks/api/cdk.tf.json') ?? []).toString());
    expect(terraform.backend.s3).toEqual({
      bucket: 'states',
      key: 'hiroba/prod/api.tfstate',
      region: 'us-east-1',
      encrypt: true,
      use_lockfile: true,
    });
    expect(argsOf(resources, 'aws_dynamodb_table.users')).toMatchObject({
      name: 'hiroba-prod-users',
      deletion_protection_enabled: true,
    });
    expect(argsOf(resources, 'aws_appsync_graphql_api.graphql').introspection_config).toBe('DISABLED');
  });

  test('keeps the state of its bootstrap stack in a file until there is a bucket, and of no other', async () => {
    const first = { ...stages.prod, stage: 'prod', stateBucket: 'states', bootstrapping: true } as const;
    const files = await small(folderWith(smallFiles), first).synthesize();
    const backend = (stack: string) =>
      JSON.parse(Buffer.from(files.get(`stacks/${stack}/cdk.tf.json`) ?? []).toString()).terraform.backend;
    expect(backend('bootstrap')).toEqual({ local: { path: '../../../terraform.hiroba-prod-bootstrap.tfstate' } });
    expect(backend('data').s3.bucket).toBe('states');
  });

  test('may be deployed to the account it names and to no other', async () => {
    const named = { ...stages.prod, stage: 'prod', stateBucket: 'states', accountId: '111111111111' } as const;
    const files = await small(folderWith(smallFiles), named).synthesize();
    const { provider } = JSON.parse(Buffer.from(files.get('stacks/data/cdk.tf.json') ?? []).toString());
    expect(provider.aws[0].allowed_account_ids).toEqual(['111111111111']);
  });
});
