import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { supportedResources } from '../src/supported.ts';
import { greenhouseTerraform } from './application/greenhouse.ts';

const declared = Object.keys(greenhouseTerraform().resource);
const entries = Object.entries(supportedResources);

describe('the table of supported resource types', () => {
  test('has no entry for the test application that it does not declare', () => {
    const claimed = entries.filter(([, { neededBy }]) => neededBy.includes('test application')).map(([type]) => type);
    expect(claimed.filter((type) => !declared.includes(type))).toEqual([]);
  });

  test('knows every type of the test application, and says that it needs it', () => {
    const known = declared.map((type) => [type, supportedResources[type]?.neededBy]);
    expect(known).toEqual(declared.map((type) => [type, expect.stringContaining('test application')]));
  });
});

describe('the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const services = [...new Set(entries.filter(([, { status }]) => status === 'runs').map(([, { note }]) => note))];

  test.each(services)('has a chapter about %s', (service) => {
    expect(readme).toMatch(new RegExp(`^### ${service}\\b`, 'm'));
  });

  test.each(entries)('lists %s under what is done with it', (type, { status }) => {
    const list = status === 'runs' ? 'Resource types that run' : 'Resource types that are inert';
    const [, after = ''] = readme.split(`\n### ${list}\n`);
    expect(after.split('\n### ')[0]).toContain(`\`${type}\``);
  });

  test('names no resource type that is not supported', () => {
    const named = new Set(readme.match(/\baws_[a-z0-9_]+\b/g) ?? []);
    const data = ['aws_caller_identity', 'aws_iam_policy_document', 'aws_partition', 'aws_region'];
    expect([...named].filter((type) => !Object.hasOwn(supportedResources, type) && !data.includes(type))).toEqual([]);
  });
});
