import { beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../support/aws.ts';
import { runCommand } from '../support/command.ts';
import { type Member, newMember } from '../support/member.ts';
import { userId } from '../support/social.ts';
import { target } from '../support/target.ts';
import { ulid } from '../support/ulid.ts';

const trace = (...args: string[]) => runCommand('infra/trace/main.ts', args);

interface Told {
  readonly trace: string;
  readonly requestId: string;
}

async function send(member: Member, query: string, variables: object): Promise<Told> {
  const response = await fetch(target.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: member.authorization },
    body: JSON.stringify({ query, variables }),
  });
  await response.text();
  const header = (name: string): string => response.headers.get(name) ?? '';
  return { trace: header('hiroba-trace'), requestId: header('x-amzn-requestid') };
}

interface Step {
  readonly where: string;
  readonly what: string;
  readonly status: number | null;
  readonly counts: object;
}

interface Journey {
  readonly trace: string | null;
  readonly steps: readonly Step[];
}

const stepOf = ({ steps }: Journey, where: string) => steps.find((step) => step.where === where);

describe('npm run trace', () => {
  let followed: Told;
  beforeAll(async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);
    followed = await send(fan, 'mutation ($id: ID!) { followUser(userId: $id) { userErrors { code } } }', {
      id: userId(star),
    });
    await settled();
  });

  it('tells what became of a request, in order of time, by its trace id', async () => {
    const { code, stdout } = await trace(followed.trace, '--json');
    const journey = JSON.parse(stdout) as Journey;
    expect(code).toBe(0);
    expect(journey.trace).toBe(followed.trace);
    expect(journey.steps[0]).toMatchObject({ where: 'api', what: 'mutation followUser', status: 200 });
    // A batch is counted as a whole, and what other tests do at the time may be in it.
    const some = expect.any(Number) as number;
    expect(stepOf(journey, 'counters')).toMatchObject({ what: 'stream of edges', counts: { counted: some } });
    expect(stepOf(journey, 'notifications')).toMatchObject({ what: 'stream of edges', counts: { notified: some } });
  });

  it('tells the same by the request id', async () => {
    const [byTrace, byRequest] = await Promise.all([
      trace(followed.trace, '--json'),
      trace(followed.requestId, '--json'),
    ]);
    expect(JSON.parse(byRequest.stdout)).toEqual(JSON.parse(byTrace.stdout));
  });

  it('prints it as a table', async () => {
    const { stdout } = await trace(`Root=${followed.trace};Sampled=1`);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(new RegExp(`^trace ${followed.trace}, from \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z, http://`));
    expect(lines[2]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2} *\+0 ms {2}api +mutation followUser: 200 +\d+ ms$/);
    expect(stdout).toMatch(/ counters +stream of edges(, one of \d+)?; counted \d+/);
    expect(stdout).toMatch(/\n\d+ steps, 0 with problems, 0 delivered again, 0 given up\./);
  });

  it('tells of a request that was refused, by its request id', async () => {
    const member = await newMember();
    const { requestId } = await send(member, '{ nothing }', {});
    const { stdout } = await trace(requestId, '--json');
    expect((JSON.parse(stdout) as Journey).steps).toMatchObject([
      { where: 'api', what: 'request', status: 200, problems: ['ValidationError'] },
    ]);
  });

  it.each([
    [
      ['1-6925a1b0-000000000000000000000000'],
      /^error: Nothing says 1-6925a1b0-0{24} since .* in the logs of \d+ functions/,
    ],
    [['yesterday'], /^error: "yesterday" is no id of a request\./],
    [[], /^error: Say one id\.\n\nnpm run trace -- ID \[flags\]/],
    [['1-6925a1b0-000000000000000000000000', '--since', 'ever'], /^error: "ever" is no time/],
    [[ulid(), '--depth', '3'], /^error: Unknown option '--depth'/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, stderr } = await trace(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});
