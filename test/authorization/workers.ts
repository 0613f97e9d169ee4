import { outcomeOf } from './outcome.ts';
import { readTable } from './readTable.ts';
import { requestOf } from './requests/index.ts';
import { keyOfRole } from './roles.ts';
import type { World } from './world.ts';

const OF = 'what workers publish';
const fields = ['publishComment', 'publishNotification', 'publishPhoto', 'publishPostEngagement'] as const;

/** The roles of `workers.md`, and what each may publish. */
export const publishers = readTable('workers.md', ['role', ...fields]).map(({ values: [role = '', ...cells] }) => ({
  role,
  cells,
}));

export const publishes = (role: string): readonly string[] => publishers.find((one) => one.role === role)?.cells ?? [];

/** What comes of it when a role publishes each of the fields. */
export async function publishOutcomes(role: string, world: World): Promise<readonly string[]> {
  const accessKey = await keyOfRole(role);
  const outcomes = fields.map(async (field) => {
    const request = requestOf(`Mutation.${field}`, OF);
    return 'ask' in request ? outcomeOf({ accessKey }, await request.ask(world, 'iam')) : 'not asked';
  });
  return Promise.all(outcomes);
}
