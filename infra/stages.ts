import type { RungName } from './rungs.ts';
import { SynthError } from './synthError.ts';

/** What differs between stages. What costs money by the hour depends on the rung, never on the stage. */
export interface StageSettings {
  readonly region: string;
  /** Twelve digits. Terraform refuses other accounts; absent: it takes the account of the credentials. */
  readonly accountId?: string;
  /** Every name of an AWS resource begins with it and `-`. Another one moves nothing: it makes everything anew. */
  readonly namePrefix: string;
  readonly defaultRung: RungName;
  /** Answers `__schema` and `__type`; tools on a laptop need it, strangers on the internet do not. */
  readonly introspection: boolean;
  /** AWS and Terraform both refuse to delete what holds data until it is switched off in a deployment of its own. */
  readonly deletionProtection: boolean;
  readonly logRetentionDays: number;
  /** Whether the bootstrap stack makes the account's identity provider for GitHub, of which an account has one. */
  readonly createsIdentityProvider: boolean;
  /** Where the login page may return to, beside the stage's own domain. */
  readonly callbackUrls: readonly string[];
  /** A local state file serves one person; a stage that people share keeps its state in S3. */
  readonly sharedState: boolean;
}

export type Stage = 'dev' | 'staging' | 'prod';

/** The stages. To put one into an account of its own, write its `accountId` here. */
export const stages: Readonly<Record<Stage, StageSettings>> = {
  dev: {
    region: 'us-east-1',
    namePrefix: 'hiroba-dev',
    defaultRung: 'users',
    introspection: true,
    deletionProtection: false,
    logRetentionDays: 30,
    createsIdentityProvider: true,
    // Where front ends are written: the ports that their tools take by default.
    callbackUrls: ['http://localhost:3000/', 'http://localhost:5173/'],
    sharedState: false,
  },
  staging: {
    region: 'us-east-1',
    namePrefix: 'hiroba-staging',
    defaultRung: 'users+',
    introspection: false,
    deletionProtection: false,
    logRetentionDays: 30,
    createsIdentityProvider: true,
    callbackUrls: [],
    sharedState: true,
  },
  prod: {
    region: 'us-east-1',
    namePrefix: 'hiroba-prod',
    defaultRung: 'users+',
    introspection: false,
    deletionProtection: true,
    logRetentionDays: 365,
    createsIdentityProvider: true,
    callbackUrls: [],
    sharedState: true,
  },
};

/** The longest name is an IAM role's, at most 64 characters, of which `-data-source-post_photos_write` takes half. */
const NAME_PREFIX = /^[a-z][a-z0-9-]{1,19}$/;

/**
 * Whether the stages can exist beside each other. Names contain the prefix and nothing else that differs, so two stages
 * that may meet in one account need prefixes of which neither begins with the other. They may meet unless both say an
 * account and the accounts differ.
 * @throws SynthError with a line for each mistake.
 */
export function checkStages(all: Readonly<Record<string, StageSettings>>): void {
  const entries = Object.entries(all);
  const messages = [
    ...entries.flatMap(([stage, settings]) => settingProblems(stage, settings)),
    ...entries.flatMap((first, at) =>
      entries.slice(at + 1).flatMap((second) => [...nameClash(first, second), ...providerClash(first, second)]),
    ),
  ];
  if (messages.length > 0) throw new SynthError(messages.map((message) => ({ message })));
}

function settingProblems(stage: string, { accountId, namePrefix }: StageSettings): string[] {
  return [
    ...(accountId === undefined || /^\d{12}$/.test(accountId)
      ? []
      : [`the account "${accountId}" of stage "${stage}" is not twelve digits`]),
    ...(NAME_PREFIX.test(namePrefix)
      ? []
      : [`the name prefix "${namePrefix}" of stage "${stage}" is not 2-20 lower-case letters, digits and hyphens`]),
  ];
}

function nameClash([first, a]: [string, StageSettings], [second, b]: [string, StageSettings]): string[] {
  if (a.accountId !== undefined && b.accountId !== undefined && a.accountId !== b.accountId) return [];
  const [one, other] = [`${a.namePrefix}-`, `${b.namePrefix}-`];
  if (!one.startsWith(other) && !other.startsWith(one)) return [];
  const account =
    a.accountId === undefined || b.accountId === undefined ? 'may share an account' : `share account ${a.accountId}`;
  return [
    `stages "${first}" and "${second}" ${account} and name things "${one}..." and "${other}...": change a namePrefix or an accountId in infra/stages.ts`,
  ];
}

function providerClash([first, a]: [string, StageSettings], [second, b]: [string, StageSettings]): string[] {
  const share = a.accountId !== undefined && a.accountId === b.accountId;
  if (!share || !a.createsIdentityProvider || !b.createsIdentityProvider) return [];
  return [
    `stages "${first}" and "${second}" share account ${a.accountId} and both create its identity provider: set createsIdentityProvider to false for one in infra/stages.ts`,
  ];
}
