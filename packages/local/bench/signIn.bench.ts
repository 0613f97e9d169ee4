/**
 * How long a sign-in keeps the server: `npm run bench -- sign-in`. The client's half of SRP, which a browser computes, does not
 * count. Each way in the same process, one after the other, round by round, so that what else the machine does meets them alike.
 */
import type { JsonObject } from '../src/json.ts';
import { srpClient } from '../test/cognito-idp/srpClient.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, startCognito } from '../test/cognito-idp/support.ts';

const ROUNDS = 60;
const WARM_UP = 5;
const USERNAME = 'hana';

const local = await startCognito();
await local.addUser(USERNAME);
const { RefreshToken } = await local.tokens(USERNAME);

/** Milliseconds in the server. */
async function timed(
  operation: string,
  input: JsonObject,
): Promise<{ readonly answer: JsonObject; readonly took: number }> {
  const since = performance.now();
  const answer = await local.call(operation, input);
  return { answer, took: performance.now() - since };
}

const initiate = (AuthFlow: string, AuthParameters: JsonObject) =>
  timed('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow, AuthParameters });

const WAYS: Readonly<Record<string, () => Promise<number>>> = {
  async 'SRP, both requests'() {
    const client = srpClient(POOL_ID.split('_')[1] ?? '');
    const begun = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: client.srpA });
    const ChallengeResponses = client.answer(begun.answer['ChallengeParameters'] as JsonObject, PASSWORD);
    const ended = await timed('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses,
    });
    return begun.took + ended.took;
  },
  async password() {
    return (await initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD })).took;
  },
  async 'refresh token'() {
    return (await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: String(RefreshToken) })).took;
  },
};

const times = new Map<string, number[]>(Object.keys(WAYS).map((name) => [name, []]));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  for (const [name, way] of Object.entries(WAYS)) {
    const took = await way();
    if (round >= 0) times.get(name)?.push(took);
  }
}
local.close();

const at = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)} ms`.padStart(10);
console.log(`${'sign-in'.padEnd(20)}${'median'.padStart(10)}${'p95'.padStart(10)}`);
for (const [name, all] of times) {
  const sorted = all.toSorted((a, b) => a - b);
  console.log(`${name.padEnd(20)}${at(sorted, 0.5)}${at(sorted, 0.95)}`);
}
