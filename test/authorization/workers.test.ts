import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { control, isLocal } from '../support/aws.ts';
import { target } from '../support/target.ts';
import { outcomeOf } from './outcome.ts';
import { readTable } from './readTable.ts';
import { requestOf } from './requests/index.ts';
import { makeWorld } from './world.ts';

const PREFIX = 'hiroba-dev-function-';
const OF = 'what workers publish';
const fields = ['publishComment', 'publishNotification', 'publishPhoto', 'publishPostEngagement'] as const;
const rows = readTable('workers.md', ['role', ...fields]);

interface Role {
  readonly name: string;
  readonly assume_role_policy: string;
}

/** The roles of the Terraform that Lambda may assume, without the name of the stage. */
function rolesOfFunctions(): string[] {
  const stacks = readdirSync(join(target.terraform, 'stacks'));
  const roles = stacks.flatMap((stack) => {
    const text = readFileSync(join(target.terraform, 'stacks', stack, 'cdk.tf.json'), 'utf8');
    const { resource } = JSON.parse(text) as { resource?: { aws_iam_role?: Record<string, Role> } };
    return Object.values(resource?.aws_iam_role ?? {});
  });
  return roles
    .filter(({ assume_role_policy: policy }) => policy.includes('lambda.amazonaws.com'))
    .map(({ name }) => name.replace(PREFIX, ''));
}

it('the table has every role of a function, and no other', () => {
  expect(rows.map(({ values: [role] }) => role).sort()).toEqual(rolesOfFunctions().sort());
});

// On AWS nobody but Lambda can assume these roles: only the local system can be asked for their keys.
describe.runIf(isLocal)('the role', async () => {
  const world = await makeWorld();

  it.each(rows)('$values.0 may publish what the table says', async ({ values: [role, ...cells] }) => {
    const session = await control('role-session', { RoleName: `${PREFIX}${role}` });
    const accessKey = {
      accessKeyId: String(session['AccessKeyId']),
      secretAccessKey: String(session['SecretAccessKey']),
      sessionToken: String(session['SessionToken']),
    };
    const outcomes = fields.map(async (field) => {
      const request = requestOf(`Mutation.${field}`, OF);
      return 'ask' in request ? outcomeOf({ accessKey }, await request.ask(world, 'iam')) : 'not asked';
    });
    expect(await Promise.all(outcomes)).toEqual(cells);
  });
});
