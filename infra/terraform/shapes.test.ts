import { expect, test } from 'vitest';
import type { Target } from '../config.ts';
import type { TerraformDocument } from '../targets.ts';
import { shapeHash } from './shapes.ts';

const dev: Target = { stage: 'dev', rung: 'users' };
const prod: Target = { stage: 'prod', rung: 'users' };

function stack(stage: string, table: Record<string, string | number> = {}, code = 'return 1;'): TerraformDocument {
  return {
    provider: { aws: [{ region: 'us-east-1', default_tags: [{ tags: { stage } }] }] },
    terraform: { backend: { s3: { key: `hiroba/${stage}/data.tfstate` } }, required_providers: {} },
    resource: {
      aws_dynamodb_table: { posts: { name: `hiroba-${stage}-posts`, ...table } },
      aws_appsync_function: { loadPost: { code } },
    },
  };
}

test('the stage in names does not make another shape', () => {
  expect(shapeHash(stack('dev'), dev)).toBe(shapeHash(stack('prod'), prod));
});

test('an argument does', () => {
  expect(shapeHash(stack('dev', { read_capacity: 5 }), dev)).not.toBe(shapeHash(stack('dev'), dev));
});

test('the text of code does not, for Terraform does not read it', () => {
  expect(shapeHash(stack('dev', {}, 'return `$${2}`;'), dev)).toBe(shapeHash(stack('dev'), dev));
});

test('a template in code does, for Terraform reads that', () => {
  expect(shapeHash(stack('dev', {}, 'return `${2}`;'), dev)).not.toBe(shapeHash(stack('dev'), dev));
});

test('a word that contains the name of the stage stays', () => {
  const [device, product] = [stack('dev', { hash_key: 'device' }), stack('dev', { hash_key: 'STAGEice' })];
  expect(shapeHash(device, dev)).not.toBe(shapeHash(product, dev));
});
