import { describe, expect, it } from 'vitest';
import { startLogs } from './support.ts';

/** Which of the messages, by their place, come back for the pattern. */
async function found(messages: readonly string[], filterPattern: string): Promise<number[]> {
  const { put, messages: filtered } = await startLogs();
  for (const message of messages) put(message);
  const answer = await filtered({ filterPattern });
  return answer.map((message) => messages.indexOf(String(message)));
}

describe('terms', () => {
  const LINES = [
    'ERROR 400 BAD REQUEST',
    'ERROR 401 UNAUTHORIZED REQUEST',
    'WARN 419 MISSING ARGUMENTS',
    'error of another kind',
    'a "quoted" word-with-dashes',
  ];

  it.each<[string, number[]]>([
    ['', [0, 1, 2, 3, 4]],
    ['ERROR', [0, 1]],
    ['ERROR REQUEST', [0, 1]],
    ['REQUEST BAD', [0]],
    ['"BAD REQUEST"', [0]],
    ['ERROR -BAD', [1]],
    ['?ARGUMENTS ?UNAUTHORIZED', [1, 2]],
    ['ERROR ?400 ?401', [0, 1]],
    ['"word-with-dashes"', [4]],
    ['"a \\"quoted\\""', [4]],
    ['-ERROR -WARN', [3, 4]],
    ['nothing', []],
  ])('%s', async (pattern, expected) => {
    expect(await found(LINES, pattern)).toEqual(expected);
  });
});

describe('conditions on JSON', () => {
  const LINES = [
    '{"level":"ERROR","ms":120,"user":{"id":"u1"},"tags":["a","b"],"ok":false}',
    '{"level":"INFO","ms":80.5,"user":{"id":"u2"},"ok":true}',
    '{"level":"WARN","ms":"120","note":null}',
    'ERROR, and no JSON',
    '{"level": "ERROR"',
    '["level"]',
  ];

  it.each<[string, number[]]>([
    ['{ $.level = "ERROR" }', [0]],
    ['{ $.level = ERROR }', [0]],
    ['{$.level="ERROR"}', [0]],
    ['{ $.level != "ERROR" }', [1, 2]],
    ['{ $.level = "*R*" }', [0, 2]],
    ['{ $.level = "E*OR" }', [0]],
    ['{ $.ms = 120 }', [0]],
    ['{ $.ms = "120" }', [2]],
    ['{ $.ms > 80 }', [0, 1]],
    ['{ $.ms <= 80.5 }', [1]],
    ['{ $.user.id = "u2" }', [1]],
    ['{ $.tags[1] = "b" }', [0]],
    ['{ $.note IS NULL }', [2]],
    ['{ $.ok IS TRUE }', [1]],
    ['{ $.ok IS FALSE }', [0]],
    ['{ $.user NOT EXISTS }', [2]],
    ['{ $.level = "ERROR" || $.level = "WARN" }', [0, 2]],
    ['{ $.ms > 80 && $.ok IS FALSE }', [0]],
    ['{ ($.level = "INFO" || $.level = "ERROR") && $.ms >= 100 }', [0]],
    ['{ $.constructor = "*" }', []],
  ])('%s', async (pattern, expected) => {
    expect(await found(LINES, pattern)).toEqual(expected);
  });

  it('are judged in a time that grows with the message alone', async () => {
    const begun = performance.now();
    const pattern = `{ $.text = "${'*a'.repeat(200)}b" }`;
    expect(await found([JSON.stringify({ text: 'a'.repeat(200_000) })], pattern)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('a pattern that is refused', () => {
  it.each([
    ['word-with-dashes', `InvalidParameterException: Invalid character(s) in term 'word-with-dashes'`],
    ['"no end', 'InvalidParameterException: The filter pattern has a quote without an end'],
    ['{ $.level }', 'InvalidParameterException: Invalid filter pattern'],
    ['{ level = 1 }', 'InvalidParameterException: Invalid filter pattern: "level" is no selector'],
    ['{ $.a = 1 && }', 'InvalidParameterException: Invalid filter pattern'],
    ['{ ($.a = 1 }', 'InvalidParameterException: Invalid filter pattern'],
    ['{ $.a = 1 ) }', 'InvalidParameterException: Invalid filter pattern at ")"'],
    [`{ ${'('.repeat(60)}$.a = 1${')'.repeat(60)} }`, 'is nested deeper than 50 levels'],
    ['[ip, user]', 'NotEmulated: logs: a filter pattern of space-delimited fields'],
    ['%ERR.*%', 'NotEmulated: logs: a filter pattern with a regular expression'],
    ['{ $.a = %x% }', 'NotEmulated: logs: a regular expression in a filter pattern'],
    ['{ $.*.a = 1 }', 'NotEmulated: logs: the selector $.*.a of a filter pattern'],
  ])('%s', async (pattern, message) => {
    await expect(found(['x'], pattern)).rejects.toThrow(message);
  });
});
