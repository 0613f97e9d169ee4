import '../testing/environment.ts';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { forgetParameter, readParameter } from './parameters.ts';
import { siteUrl } from './siteUrl.ts';

const parameters = mockClient(SSMClient);
const given = (Value: string) => parameters.on(GetParameterCommand).resolves({ Parameter: { Value } });

beforeEach(() => {
  parameters.reset();
  for (const name of ['/app/limit', '/hiroba-dev/site-url']) forgetParameter(name);
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-31T12:00:00.000Z') });
});
afterEach(() => void vi.useRealTimers());

describe('a parameter', () => {
  test('is read decrypted, and once in five minutes', async () => {
    given('10');
    expect([await readParameter('/app/limit'), await readParameter('/app/limit')]).toEqual(['10', '10']);
    expect(parameters.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: '/app/limit', WithDecryption: true },
    ]);

    given('20');
    vi.setSystemTime(new Date('2025-01-31T12:04:59.000Z'));
    expect(await readParameter('/app/limit')).toBe('10');
    vi.setSystemTime(new Date('2025-01-31T12:05:00.000Z'));
    expect(await readParameter('/app/limit')).toBe('20');
  });

  test('that nobody has written is null, and asked for until somebody has', async () => {
    parameters.on(GetParameterCommand).rejects(new ParameterNotFound({ message: '', $metadata: {} }));
    expect(await readParameter('/app/limit')).toBeNull();

    given('10');

    expect(await readParameter('/app/limit')).toBe('10');
  });

  test('that cannot be read is an error', async () => {
    parameters.on(GetParameterCommand).rejects(new Error('denied'));

    await expect(readParameter('/app/limit')).rejects.toThrow('denied');
  });
});

describe('where the site is', () => {
  test('is scheme and host, without a slash', async () => {
    given('https://example.org/');

    expect(await siteUrl()).toBe('https://example.org');
  });

  test('is not known before the stack edge is deployed', async () => {
    parameters.on(GetParameterCommand).rejects(new ParameterNotFound({ message: '', $metadata: {} }));

    await expect(siteUrl()).rejects.toThrow('there is no parameter /hiroba-dev/site-url: deploy the stack edge');
  });
});
