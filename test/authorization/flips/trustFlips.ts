import type { Flip } from './flip.ts';
import { noticed } from './noticed.ts';
import type { Resources, Stack } from './system.ts';

interface Role {
  readonly name: string;
  assume_role_policy: string;
}
export const rolesIn = (resources: Resources): Record<string, Role> =>
  resources['aws_iam_role'] as unknown as Record<string, Role>;

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Trust {
  readonly Statement: readonly { readonly Condition?: Conditions }[];
}

/** Every role lets a service take it on that is not the one it is for, or lets its own do so for somebody or something else. */
export const trustFlips = (stack: Stack, resources: Resources): readonly Flip[] =>
  Object.entries(rolesIn(resources)).flatMap(([id, role]) => {
    const flip = (what: string, change: (trust: string) => string): Flip => ({
      name: `${id} for another ${what}`,
      stack,
      change: (changed) => {
        const found = rolesIn(changed)[id];
        if (found) found.assume_role_policy = change(found.assume_role_policy);
      },
      // Most do not even run; who may no longer have temporary keys cannot do what goes before.
      look: () => noticed(() => true),
    });
    return [
      flip('service', (trust) =>
        trust.replace(/(appsync|lambda|scheduler|cognito-identity|cognito-idp)\.amazonaws/, 'ec2.amazonaws'),
      ),
      ...keysOf(role.assume_role_policy).map((key) => flip(key, (trust) => withAnother(trust, key))),
    ];
  });

const keysOf = (trust: string): readonly string[] =>
  (JSON.parse(trust) as Trust).Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys));

function withAnother(text: string, key: string): string {
  const trust = JSON.parse(text) as Trust;
  const changed = trust.Statement.map(({ Condition = {}, ...statement }) => ({
    ...statement,
    Condition: Object.fromEntries(
      Object.entries(Condition).map(([operator, keys]) => [
        operator,
        key in keys ? { ...keys, [key]: ELSEWHERE[operator] ?? 'elsewhere' } : keys,
      ]),
    ),
  }));
  return JSON.stringify({ ...trust, Statement: changed });
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  ArnEquals: 'arn:aws:appsync:us-east-1:999999999999:apis/elsewhere',
};
