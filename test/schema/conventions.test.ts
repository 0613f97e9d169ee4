import { isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import * as limits from '../../resolvers/shared/limits.ts';
import { mutations, queries, schema, subscriptions } from './contract.ts';

/** What every contract of ours keeps to is in the rules of packages/contract: here is what only this one says. */
describe('descriptions', () => {
  test.each([
    ['CreatePostInput', 'body', limits.MAX_POST_BYTES, 'bytes'],
    ['CreatePostInput', 'photoIds', limits.MAX_POST_PHOTOS, 'READY photos'],
    ['CreateCommentInput', 'body', limits.MAX_COMMENT_BYTES, 'bytes'],
    ['UpdateProfileInput', 'displayName', limits.MAX_DISPLAY_NAME_BYTES, 'bytes'],
    ['UpdateProfileInput', 'bio', limits.MAX_BIO_BYTES, 'bytes'],
    ['CreateReportInput', 'details', limits.MAX_NOTE_BYTES, 'bytes'],
    ['User', 'handle', limits.MAX_HANDLE_CHARACTERS, 'letters'],
    ['Hashtag', 'name', limits.MAX_HASHTAG_CHARACTERS, 'letters'],
    ['Viewer', 'feed', limits.MAX_MERGED_CELEBRITIES, 'such accounts'],
    ['Query', 'nodes', limits.MAX_NODES, 'objects'],
  ])('%s.%s states the limit that the resolvers enforce', (typeName, fieldName, limit, unit) => {
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInputObjectType(type) ? type.getFields()[fieldName] : undefined;
    expect(field?.description).toContain(`${limit.toLocaleString('en-US')} ${unit}`);
  });
});

test('the contract has 11 queries, 28 mutations and 4 subscriptions', () => {
  expect([queries.length, mutations.length, subscriptions.length]).toEqual([11, 28, 4]);
});
