import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { terraformGraph } from '../diagram/terraformGraph.ts';
import type { TerraformDocument } from '../targets.ts';
import { composedOf } from './composition.ts';
import { documented } from './documented.ts';
import { backendsOf } from './operations.ts';
import { pathsOf } from './paths.ts';
import { report } from './report.ts';

const graphOf = (resource: TerraformDocument['resource']) =>
  terraformGraph(new Map([['api', { resource: resource ?? {}, provider: {}, terraform: {} }]]));

const resolver = { type: 'Query', field: 'photo', data_source: '${aws_appsync_datasource.asked.name}' };

describe('the services behind a field', () => {
  test.each([
    ['a Lambda function', { type: 'AWS_LAMBDA' }, [{ service: 'Lambda', name: 'asked' }]],
    [
      'a bucket asked by HTTP',
      { type: 'HTTP', http_config: { endpoint: 'https://photos.s3.us-east-1.amazonaws.com' } },
      [{ service: 'S3', name: 'asked' }],
    ],
    [
      'a table',
      { type: 'AMAZON_DYNAMODB', dynamodb_config: { table_name: 'x-photos' } },
      [{ service: 'DynamoDB', name: 'photos' }],
    ],
    ['nothing but AppSync', { type: 'NONE' }, []],
  ])('are found: %s', (_name, asked, backends) => {
    const graph = graphOf({
      aws_appsync_resolver: { Query_photo: resolver },
      aws_appsync_datasource: { asked },
      aws_dynamodb_table: { photos: { name: 'x-photos' } },
    });
    expect(backendsOf(graph, new Set(['Query.photo']))).toEqual(backends);
  });

  test('must be known: a data source that leads nowhere is refused, not left out', () => {
    const asked = { type: 'AMAZON_DYNAMODB', dynamodb_config: { table_name: 'x-photos' } };
    const graph = graphOf({ aws_appsync_resolver: { Query_photo: resolver }, aws_appsync_datasource: { asked } });
    expect(() => backendsOf(graph, new Set(['Query.photo']))).toThrow(
      'aws_appsync_datasource.asked asks x-photos, which is no table of the Terraform',
    );
  });
});

test('a photo that a bucket hands to a function by a queue passes six services', () => {
  const graph = graphOf({ aws_s3_bucket_notification: { uploads: { queue: [{ queue_arn: 'q' }] } } });
  expect(pathsOf(graph).find(({ name }) => name.includes('uploaded'))?.services).toEqual([
    'AppSync',
    'S3',
    'SQS',
    'Lambda',
    'S3',
    'DynamoDB',
  ]);
});

describe('prod', () => {
  test('answers the feed from AppSync and DynamoDB alone: 25.9 minutes a month', async () => {
    const all = await composedOf(documented);
    const feed = all.find(({ name }) => name === 'Feed');
    expect(feed).toMatchObject({ kind: 'query', services: ['AppSync', 'DynamoDB'] });
    expect(feed?.uses).toEqual(expect.arrayContaining(['edges', 'posts', 'timelines', 'users']));
    expect(feed?.minutes.toFixed(1)).toBe('25.9');
  });

  test('serves no operation through a function, since that would cost 21.6 minutes more', async () => {
    const all = await composedOf(documented);
    expect(all.filter(({ kind, services }) => kind !== 'path' && services.includes('Lambda'))).toEqual([]);
  });

  test('lists the least available first', async () => {
    const percents = (await composedOf(documented)).map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
  });

  test('at the lowest rung has no DNS of its own in the way of the site', async () => {
    const all = await composedOf({ stage: 'prod', rung: 'users' });
    expect(all.find(({ name }) => name === 'the site')?.services).toEqual(['CloudFront', 'S3']);
  });
});

test('docs/sla.md is what "npm run sla -- --write" writes', async () => {
  const written = readFileSync(new URL('../../docs/sla.md', import.meta.url), 'utf8');
  expect(written).toBe(await format(report(await composedOf(documented)), { parser: 'markdown' }));
});
