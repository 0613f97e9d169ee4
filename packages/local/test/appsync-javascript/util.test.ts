import { describe, expect, it } from 'vitest';

import { manualClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { createJavaScriptRuntime } from '../../src/services/appsync/javascript/index.ts';
import { contextOf, failureOf, NOW, runBody, valueOf } from './support.ts';

describe('util', () => {
  it('makes identifiers of the injected clock and randomness', () => {
    const code = 'export const request = () => [util.autoId(), util.autoUlid(), util.autoKsuid()];';
    const make = (): unknown =>
      createJavaScriptRuntime({ clock: manualClock(NOW), random: seededRandom('identifiers') })
        .load(code, 'identifiers')
        .evaluate('request', contextOf({})).result;
    const [id, ulid, ksuid] = make() as string[];
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    // 01C5P7XACE is 2018-02-06T19:01:35.758Z in Crockford's base 32.
    expect(ulid).toMatch(/^01C5P7XACE[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(ksuid).toMatch(/^[0-9A-Za-z]{27}$/);
    expect(make()).toEqual([id, ulid, ksuid]);
  });

  it('encodes texts as Java does', () => {
    expect(
      valueOf(
        "[util.urlEncode('a b&c=é~*'), util.urlDecode('a+b%26%C3%A9'), util.base64Encode('é'), util.base64Decode('w6k=')]",
      ),
    ).toEqual(['a+b%26c%3D%C3%A9%7E*', 'a b&é', 'w6k=', 'é']);
    expect(valueOf('util.escapeJavaScript(ctx.args.text)', { args: { text: '"\'/\\\n é' } })).toBe(
      '\\"\\\'\\/\\\\\\n \\u00E9',
    );
    expect(failureOf("util.urlDecode('%zz')")).toContain('Illegal hex characters');
    expect(valueOf("util.str.normalize('é', 'nfd').length")).toBe(2);
    expect(failureOf("util.str.normalize('é', 'x')")).toContain('must be nfc');
  });

  it.each([
    ['a*b', 'xaaab', false],
    ['(?i)hello', 'HELLO', true],
    ['a(?i)b|c', 'C', true],
    ['[a-z&&[^b]]+', 'acd', true],
    ['[a-z&&[^b]]+', 'abc', false],
    ['\\d{3}-\\d{4}', '555-1234', true],
    ['\\p{L}+', 'ñandú', true],
    ['\\p{Alpha}+', 'ñ', false],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['[\\w.+-]+@[\\w-]+\\.[a-z]{2,}', 'a.b+c@example.com', true],
    ['(?<x>a)\\k<x>', 'aa', true],
    ['(a)(b)\\2', 'abb', true],
    ['[^\\s]+', 'a b', false],
    ['.', '\n', false],
    ['(?s).', '\n', true],
    ['a$', 'a\n', false],
    ['\\x41\\u0042', 'AB', true],
    ['a}', 'a}', true],
    ['[-a]+', 'a-', true],
  ])('matches(%j, %j) is %s', (pattern, text, expected) => {
    expect(valueOf('util.matches(ctx.args.pattern, ctx.args.text)', { args: { pattern, text } })).toBe(expected);
  });

  it.each([
    ['a++', 'Possessive quantifiers are not emulated'],
    ['(?>a)', 'Atomic groups are not emulated'],
    ['(', 'Unclosed group'],
    [')', "Unmatched closing ')'"],
    ['[a', 'Unclosed character class'],
    ['\\y', 'Illegal/unsupported escape sequence'],
    ['\\p{Nothing}', 'Unknown character property {Nothing}'],
    ['*', 'Invalid pattern *'],
  ])('matches refuses the pattern %s', (pattern, message) => {
    expect(failureOf("util.matches(ctx.args.pattern, 'a')", { args: { pattern } })).toContain(message);
  });

  it.each([
    [null, 'API Key Authorization'],
    [{ userArn: 'arn:aws:iam::123456789012:user/a', username: 'a' }, 'IAM Authorization'],
    [{ sub: 'u', username: 'u', claims: {} }, 'User Pool Authorization'],
    [{ sub: 'u', issuer: 'https://example.com', claims: {} }, 'Open ID Connect Authorization'],
    [{ resolverContext: {} }, 'Lambda Authorization'],
  ])('authType() of %j is %s', (identity, expected) => {
    expect(valueOf('util.authType()', { identity })).toBe(expected);
  });

  it('rounds, compares and draws numbers', () => {
    expect(valueOf('[util.math.roundNum(2.5), util.math.minVal(1, 2), util.math.maxVal(1, 2)]')).toEqual([3, 1, 2]);
    expect(valueOf('util.math.randomWithinRange(5, 6)')).toBe(5);
  });
});

describe('util.http', () => {
  it('copies headers without those of the connection', () => {
    const headers = "{ Host: 'x', Connection: 'c', 'Content-Length': '1', authorization: 'a' }";
    expect(valueOf(`util.http.copyHeaders(${headers})`)).toEqual({ authorization: 'a' });
  });

  it('collects response headers; the last definition wins', () => {
    const body = "util.http.addResponseHeader('items', 7); util.http.addResponseHeaders({ items: 8, o: { a: 1 } });";
    expect(runBody(body).extensions.responseHeaders).toEqual({ items: '8', o: '{"a":1}' });
  });

  it.each([
    ["'x-amz-id', 1", 'The response header x-amz-id is reserved.'],
    ["'Vary', 1", 'The response header Vary is reserved.'],
    ["'a', null", 'The value of the response header a must not be null.'],
    ["'', 1", 'The name of a response header must not be empty.'],
    ["'a', 'b\\r\\nset-cookie: x'", 'The response header a has characters that are not allowed.'],
    ["'a', ctx.args.long", 'The response header a exceeds the limit of 4096 bytes for all headers.'],
  ])('appends an error and ignores the header for (%s)', (values, message) => {
    const evaluation = runBody(`util.http.addResponseHeader(${values});`, { args: { long: 'x'.repeat(4096) } });
    expect(evaluation.appendedErrors).toEqual([
      { message, errorType: 'ResponseHeaderError', data: null, errorInfo: null },
    ]);
    expect(evaluation.extensions.responseHeaders).toEqual({});
  });
});

describe('util.xml', () => {
  it('reads attributes, repetitions, entities and CDATA', () => {
    const xml = '<a x="1"><!-- no --><b>t</b><b/>text &lt;<![CDATA[<q>]]></a>';
    expect(valueOf('util.xml.toMap(ctx.args.xml)', { args: { xml } })).toEqual({
      a: { x: 1, b: ['t', ''], content: 'text <<q>' },
    });
    expect(valueOf("util.xml.toJsonString('<a>1</a>')")).toBe('{"a":1}');
    expect(valueOf("util.xml.toJsonString('<a>1</a>', true)")).toBe('"{\\"a\\":1}"');
  });

  it('reads no entities that the document defines', () => {
    const xml = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>';
    expect(valueOf('util.xml.toMap(ctx.args.xml)', { args: { xml } })).toEqual({ a: '&f;' });
  });

  it.each(['<a><b></a>', '<a>', '</a>', '<a b=c></a>'])('refuses %s', (xml) => {
    expect(failureOf('util.xml.toMap(ctx.args.xml)', { args: { xml } })).toContain('XML');
  });
});

describe('extensions', () => {
  it('collects filters, invalidations and evictions', () => {
    const filter = "{ filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] }";
    const body = `extensions.setSubscriptionFilter(${filter});
extensions.setSubscriptionInvalidationFilter(${filter});
extensions.invalidateSubscriptions({ subscriptionField: 'onPost', payload: { a: 1 } });
extensions.evictFromApiCache('Query', 'post', { 'ctx.args.id': 1 });`;
    const expected = { filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] };
    expect(runBody(body).extensions).toEqual({
      subscriptionFilter: expected,
      subscriptionInvalidationFilter: expected,
      invalidations: [{ subscriptionField: 'onPost', payload: { a: 1 } }],
      evictions: [{ typeName: 'Query', fieldName: 'post', keys: { 'ctx.args.id': 1 } }],
      responseHeaders: {},
    });
  });

  it('refuses malformed filters', () => {
    expect(failureOf('extensions.setSubscriptionFilter({})')).toBe('A subscription filter needs a filterGroup.');
    expect(failureOf('extensions.invalidateSubscriptions({})')).toBe('An invalidation needs a subscriptionField.');
  });
});

describe('Modules that are not emulated', () => {
  it.each([
    [
      "import { select } from '@aws-appsync/utils/rds'; export const request = () => select({});",
      'select of @aws-appsync/utils/rds',
    ],
    ["import * as rds from '@aws-appsync/utils/rds'; export const request = () => rds.typeHint.UUID('x');", 'UUID of'],
    ["import { converse } from '@aws-appsync/utils/ai'; export const request = () => converse({});", 'converse of'],
  ])('say so when used: %s', (code, message) => {
    const runtime = createJavaScriptRuntime({ clock: manualClock(NOW), random: seededRandom('x') });
    const { error } = runtime.load(code, 'x').evaluate('request', contextOf({}));
    expect(error?.message).toContain(message);
    expect(error?.message).toContain('is not emulated by @hiroba/local');
  });
});
