import { describe, expect, it } from 'vitest';
import { compileFilters } from '../../src/services/lambda/batches/eventPattern.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: {
    ApproximateCreationDateTime: 1_700_000_000,
    Keys: { postId: { S: 'p1' }, item: { S: 'TAG#neko' } },
    NewImage: {
      item: { S: 'TAG#neko' },
      likes: { N: '5' },
      hidden: { BOOL: false },
      gone: { NULL: true },
      tags: { SS: ['a', 'b'] },
    },
  },
};

const matches = (...patterns: unknown[]): boolean =>
  compileFilters(
    patterns.map((pattern) => JSON.stringify(pattern)),
    'api.aws_lambda_event_source_mapping.m',
  )(record);

const image = (attribute: unknown): unknown => ({ dynamodb: { NewImage: attribute } });

describe('a filter pattern', () => {
  it.each([
    ['an exact string', { eventName: ['INSERT'] }],
    ['one of several', { eventName: ['REMOVE', 'INSERT'] }],
    ['all of several members', { eventName: ['INSERT'], dynamodb: { Keys: { postId: { S: ['p1'] } } } }],
    ['a boolean', image({ hidden: { BOOL: [false] } })],
    ['one element of a set', image({ tags: { SS: ['b'] } })],
    ['a prefix', image({ item: { S: [{ prefix: 'TAG#' }] } })],
    ['a prefix in another case', image({ item: { S: [{ prefix: { 'equals-ignore-case': 'tag#' } }] } })],
    ['a suffix', image({ item: { S: [{ suffix: '#neko' }] } })],
    ['another case', { eventName: [{ 'equals-ignore-case': 'insert' }] }],
    ['a value that is there', image({ likes: { N: [{ exists: true }] } })],
    ['a value that is not there', image({ deletedAt: { S: [{ exists: false }] } })],
    ['a value below an object that is not there', { dynamodb: { OldImage: { item: { S: [{ exists: false }] } } } }],
    ['anything but a list', { eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }],
    ['anything but a prefix', image({ item: { S: [{ 'anything-but': { prefix: 'STATS' } }] } })],
    [
      'a number in a range',
      { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 1_600_000_000, '<=', 1_700_000_000] }] } },
    ],
    ['a number', { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['=', 1_700_000_000] }] } }],
    ['one side of $or', { $or: [{ eventName: ['REMOVE'] }, { dynamodb: { Keys: { postId: { S: ['p1'] } } } }] }],
    ['nothing in particular', {}],
  ])('takes %s', (_what, pattern) => {
    expect(matches(pattern)).toBe(true);
  });

  it.each([
    ['another string', { eventName: ['MODIFY'] }],
    ['only one of two members', { eventName: ['INSERT'], dynamodb: { Keys: { postId: { S: ['p2'] } } } }],
    ['another prefix', image({ item: { S: [{ prefix: 'POST' }] } })],
    ['another suffix', image({ item: { S: [{ suffix: 'TAG#' }] } })],
    ['a value that is there', image({ likes: { N: [{ exists: false }] } })],
    ['an object, which is no value', image({ likes: [{ exists: true }] })],
    ['anything but what it is', { eventName: [{ 'anything-but': 'INSERT' }] }],
    ['anything but, of nothing', image({ deletedAt: { S: [{ 'anything-but': ['x'] }] } })],
    ['a number of DynamoDB, which is a string', image({ likes: { N: [{ numeric: ['=', 5] }] } })],
    ['a number outside a range', { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['<', 1_700_000_000] }] } }],
    ['a boolean as a string', image({ hidden: { BOOL: ['false'] } })],
    ['neither side of $or', { $or: [{ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] }] }],
    ['a member of every object', { constructor: [{ exists: true }] }],
  ])('leaves out %s', (_what, pattern) => {
    expect(matches(pattern)).toBe(false);
  });

  it('is one of several: any is enough, and none takes everything', () => {
    expect(matches({ eventName: ['REMOVE'] }, { eventName: ['INSERT'] })).toBe(true);
    expect(matches({ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] })).toBe(false);
    expect(matches()).toBe(true);
  });

  it.each([
    ['an unknown operator', { eventName: [{ wildcard: 'IN*' }] }, 'unrecognized operator "wildcard"'],
    ['an operator of Object', { eventName: [{ toString: 'x' }] }, 'unrecognized operator "toString"'],
    ['a bare value', { eventName: 'INSERT' }, '/eventName must be a list or an object'],
    ['an empty list', { eventName: [] }, '/eventName must not be an empty list'],
    ['a list in a list', { eventName: [['INSERT']] }, 'list inside its list'],
    ['exists without a boolean', { eventName: [{ exists: 'yes' }] }, 'exists takes true or false'],
    ['prefix without a string', { eventName: [{ prefix: 1 }] }, 'takes a string'],
    ['half a comparison', { eventName: [{ numeric: ['>'] }] }, 'numeric takes'],
    ['an unknown comparison', { eventName: [{ numeric: ['!=', 1] }] }, 'numeric takes'],
    ['$or of one', { $or: [{ eventName: ['INSERT'] }] }, '$or must be a list of two or more objects'],
    [
      'anything-but an unknown operator',
      { eventName: [{ 'anything-but': { wildcard: 'x' } }] },
      'unrecognized operator',
    ],
    ['what is no object', ['INSERT'], 'must be a JSON object'],
  ])('is refused for %s, with the address', (_what, pattern, problem) => {
    expect(() => matches(pattern)).toThrow(problem);
    expect(() => matches(pattern)).toThrow('api.aws_lambda_event_source_mapping.m: Invalid filter pattern definition.');
  });

  it('is refused when it is no JSON', () => {
    expect(() => compileFilters(['{'], 'api.m')).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValueException' }),
    );
  });
});
