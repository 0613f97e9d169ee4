import { block, blocks, isTrue, number, text, texts } from '../model/json.ts';
import type { Block } from '../model/json.ts';
import { resourceRule, type Rule } from '../rule.ts';

const POOL = ['aws_cognito_user_pool'] as const;
const CLIENT = ['aws_cognito_user_pool_client'] as const;

const SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
const HOUR = 3_600;
const DAY = 86_400;

/** Longest lives of tokens, in seconds, and the unit that Cognito takes when none is said. */
const LIFETIMES = [
  { token: 'access_token', most: HOUR, unit: 'hours' },
  { token: 'id_token', most: HOUR, unit: 'hours' },
  { token: 'refresh_token', most: 30 * DAY, unit: 'days' },
] as const;

export const cognito: readonly Rule[] = [
  resourceRule({
    id: 'cognito/password-length',
    scanners: [],
    reason: 'Length decides (NIST SP 800-63B 5.1.1.2): at least 12, and Cognito takes at most 99.',
    types: POOL,
    inspect: ({ args }) => {
      const length = number(block(args.password_policy).minimum_length);
      return length !== undefined && length >= 12 && length <= 99
        ? undefined
        : {
            problem: `takes passwords of ${length ?? 8} characters`,
            fix: 'set passwordPolicy.minimumLength from 12 to 99',
          };
    },
  }),
  resourceRule({
    id: 'cognito/mfa',
    scanners: [],
    reason: 'A person who wants a second factor can have one.',
    types: POOL,
    inspect: ({ args }) =>
      args.mfa_configuration === 'ON' || args.mfa_configuration === 'OPTIONAL'
        ? undefined
        : {
            problem: 'offers no second factor',
            fix: "set mfaConfiguration to 'OPTIONAL' with softwareTokenMfaConfiguration",
          },
  }),
  resourceRule({
    id: 'cognito/user-existence',
    scanners: [],
    reason: 'A failed sign-in does not tell strangers who has an account.',
    types: CLIENT,
    inspect: ({ args }) =>
      args.prevent_user_existence_errors === 'ENABLED'
        ? undefined
        : { problem: 'tells who has an account', fix: "set preventUserExistenceErrors to 'ENABLED'" },
  }),
  resourceRule({
    id: 'cognito/token-lifetimes',
    scanners: [],
    reason: 'A stolen access token ends within the hour, a stolen refresh token within 30 days or when it is revoked.',
    types: CLIENT,
    inspect: ({ args }) => [
      ...LIFETIMES.flatMap((lifetime) => lifetimeFaults(args, lifetime)),
      ...(isTrue(args.enable_token_revocation)
        ? []
        : [{ problem: 'has tokens that cannot be revoked', fix: 'set enableTokenRevocation' }]),
    ],
  }),
  resourceRule({
    id: 'cognito/oauth',
    scanners: [],
    reason: 'The implicit flow puts tokens into addresses; callbacks without TLS give them away.',
    types: CLIENT,
    inspect: ({ args }) => [
      ...(texts(args.allowed_oauth_flows).includes('implicit')
        ? [{ problem: 'allows the implicit flow', fix: "use the flow 'code'" }]
        : []),
      ...texts(args.callback_urls)
        .filter((url) => url.startsWith('http://') && !/^http:\/\/localhost(:|\/|$)/.test(url))
        .map((url) => ({ problem: `sends codes to ${url}`, fix: 'use https' })),
    ],
  }),
  resourceRule({
    id: 'cognito/attributes',
    scanners: [],
    reason: 'A client that may write every attribute lets members verify their own address.',
    types: CLIENT,
    inspect: ({ args }) =>
      texts(args.write_attributes)
        .filter((name) => /_verified$/.test(name))
        .map((name) => ({ problem: `lets members write ${name}`, fix: 'remove it from writeAttributes' })),
  }),
];

function lifetimeFaults(args: Block, { token, most, unit }: (typeof LIFETIMES)[number]) {
  const value = number(args[`${token}_validity`]);
  if (value === undefined && token !== 'refresh_token') return [];
  const written = text(blocks(args.token_validity_units)[0]?.[token]) || unit;
  const seconds =
    (value ?? 30) * (Object.hasOwn(SECONDS, written) ? SECONDS[written as keyof typeof SECONDS] : Number.NaN);
  if (seconds >= 300 && seconds <= most) return [];
  return [
    {
      problem: `lets its ${token} live ${value ?? 30} ${written}`,
      fix: `set it from 5 minutes to ${most === HOUR ? '1 hour' : '30 days'}`,
    },
  ];
}
