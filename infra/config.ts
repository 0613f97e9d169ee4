import { createPublicKey, type KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LayerName } from './functions.ts';
import { type MailSettings, readMailSettings } from './mailSettings.ts';
import { isRung, rungNames, rungs, type RungName, type RungSwitches } from './rungs.ts';
import { checkStages, stages, type Stage, type StageSettings } from './stages.ts';
import { readSocialSignIn, type SocialProvider } from './socialSignIn.ts';
import { SynthError } from './synthError.ts';

export type { RungName, RungSwitches } from './rungs.ts';
export type { Stage } from './stages.ts';

/** One deployment: where, and for how many users. */
export interface Target {
  readonly stage: Stage;
  readonly rung: RungName;
}

export interface Config extends StageSettings, Target {
  readonly switches: RungSwitches;
  /** Where the Terraform JSON goes, absolute. */
  readonly outdir: string;
  /** Watching takes two processes: one that works, and one that starts it anew when its code changes. */
  readonly watch: 'no' | 'supervise' | 'work';
  /** Absent: state is a local file beside the output folder. */
  readonly stateBucket?: string;
  /** The bootstrap stack's own state is still a local file, since the bucket does not exist yet. */
  readonly bootstrapping: boolean;
  /** Where this stage is served, as `dev.example.org`; absent: under the names that AWS gives. */
  readonly domain?: string;
  /** The GitHub repository whose workflows may deploy, as `owner/name`; absent: there are no roles for them. */
  readonly repository?: string;
  readonly mail: MailSettings;
  /** Accounts elsewhere that the login page offers. */
  readonly signInWith: readonly SocialProvider[];
  /** PEM of the key that signed cookies of the CDN are verified with; absent: only the local system can be run. */
  readonly cdnPublicKey?: string;
  /** The ARN of a layer's version, in the account given. */
  readonly layers: Readonly<Record<LayerName, (accountId: string) => string>>;
  /** The API keys belong to the calendar quarter of this time, and nothing else depends on it. */
  readonly now: Date;
}

/** Environment variables that are read, here and nowhere else. The cdktf CLI sets CDKTF_OUTDIR. */
export interface Environment {
  readonly HIROBA_STAGE?: string;
  readonly HIROBA_RUNG?: string;
  readonly HIROBA_STATE_BUCKET?: string;
  /** `yes` before there is a state bucket; `npm run bootstrap` sets it. */
  readonly HIROBA_BOOTSTRAPPING?: string;
  /** The registered domain, as `example.org`: prod is served there, other stages at `STAGE.example.org`. */
  readonly HIROBA_DOMAIN?: string;
  /** `owner/name` on GitHub. */
  readonly HIROBA_REPOSITORY?: string;
  /** The address that mail comes from; absent: `no-reply@` the domain. */
  readonly HIROBA_MAIL_FROM?: string;
  /** Mails a second that SES lets the account send. */
  readonly HIROBA_MAILS_PER_SECOND?: string;
  /** ARN of the version of a layer with `sharp` for arm64; see docs/deploy.md. */
  readonly HIROBA_SHARP_LAYER?: string;
  /** PEM of an RSA key of 2048 bits, whose private half is in a parameter; see docs/deploy.md. */
  readonly HIROBA_CDN_PUBLIC_KEY?: string;
  /** Accounts elsewhere to sign in with, as `Google=CLIENT_ID,LINE=CHANNEL_ID`; see docs/deploy.md. */
  readonly HIROBA_SIGN_IN_WITH?: string;
  readonly CDKTF_OUTDIR?: string;
  /** Set by the process that supervises. */
  readonly HIROBA_SYNTH_WORKER?: string;
  /** Epoch seconds to build as of; see reproducible-builds.org. */
  readonly SOURCE_DATE_EPOCH?: string;
}

/** Every stage at every rung: what the checks over the Terraform go through. */
export function allTargets(): readonly Target[] {
  return (Object.keys(stages) as Stage[]).flatMap((stage) => rungNames.map((rung) => ({ stage, rung })));
}

/**
 * Configuration from flags, then environment, then defaults.
 * @throws SynthError for a flag, a stage or a rung that does not exist, for what the stage or the rung needs and is not
 * given, and for stages that cannot exist beside each other.
 */
export function readConfig(
  args: readonly string[],
  environment: Environment,
  stageTable: Readonly<Record<Stage, StageSettings>> = stages,
): Config {
  checkStages(stageTable);
  const flags = readFlags(args);
  const stage = readStage(flags.stage ?? environment.HIROBA_STAGE ?? 'dev');
  const settings = stageTable[stage];
  const rung = readRung(flags.rung ?? environment.HIROBA_RUNG ?? settings.defaultRung);
  const { switches } = rungs[rung];
  const stateBucket = readStateBucket(stage, settings, environment.HIROBA_STATE_BUCKET);
  const domain = readDomain({ stage, rung }, environment.HIROBA_DOMAIN);
  const repository = readRepository(environment.HIROBA_REPOSITORY);
  const cdnPublicKey = readPublicKey(environment.HIROBA_CDN_PUBLIC_KEY);
  return {
    ...settings,
    stage,
    rung,
    switches,
    outdir: resolve(flags.outdir ?? environment.CDKTF_OUTDIR ?? 'cdktf.out'),
    watch: !flags.watch ? 'no' : environment.HIROBA_SYNTH_WORKER ? 'work' : 'supervise',
    signInWith: readSignInWith(flags['sign-in-with'] ?? environment.HIROBA_SIGN_IN_WITH, { stage, settings, domain }),
    mail: readMailSettings(stage, settings, domain, environment),
    bootstrapping: environment.HIROBA_BOOTSTRAPPING === 'yes',
    layers: { sharp: sharpLayer(settings, environment.HIROBA_SHARP_LAYER) },
    now: buildTime(environment.SOURCE_DATE_EPOCH),
    ...(stateBucket ? { stateBucket } : {}),
    ...(domain ? { domain } : {}),
    ...(repository ? { repository } : {}),
    ...(cdnPublicKey ? { cdnPublicKey } : {}),
  };
}

interface Flags {
  readonly stage?: string;
  readonly rung?: string;
  readonly outdir?: string;
  readonly watch?: boolean;
  readonly 'sign-in-with'?: string;
}

function readFlags(args: readonly string[]): Flags {
  try {
    const options = {
      stage: { type: 'string' },
      rung: { type: 'string' },
      outdir: { type: 'string' },
      watch: { type: 'boolean' },
      'sign-in-with': { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's message goes on to explain how to pass positional arguments, which there are none of.
    const [reason] = error.message.split('. ');
    throw new SynthError(
      `${reason}: the flags are --stage NAME, --rung NAME, --outdir DIR, --watch, --sign-in-with LIST`,
    );
  }
}

/** @throws SynthError for providers where there is no login page to be offered on. */
function readSignInWith(
  text: string | undefined,
  { stage, settings, domain }: { stage: Stage; settings: StageSettings; domain: string | undefined },
): readonly SocialProvider[] {
  const providers = readSocialSignIn(text);
  if (providers.length > 0 && settings.callbackUrls.length === 0 && domain === undefined) {
    throw new SynthError(
      `stage "${stage}" has no page to return to from ${providers[0]?.name}: set HIROBA_DOMAIN, or callbackUrls in infra/stages.ts`,
    );
  }
  return providers;
}

function readStage(value: string): Stage {
  if (!isStage(value))
    throw new SynthError(`stage "${value}" does not exist: the stages are ${Object.keys(stages).join(', ')}`);
  return value;
}

export function isStage(value: string): value is Stage {
  return Object.hasOwn(stages, value);
}

function readRung(value: string): RungName {
  if (!isRung(value)) throw new SynthError(`rung "${value}" does not exist: the rungs are ${rungNames.join(', ')}`);
  return value;
}

function readStateBucket(stage: Stage, { sharedState }: StageSettings, bucket: string | undefined): string | undefined {
  if (sharedState && !bucket) {
    throw new SynthError(
      `stage "${stage}" is shared: set HIROBA_STATE_BUCKET to the S3 bucket that keeps its Terraform state`,
    );
  }
  return bucket;
}

/** Two labels or more, as DNS allows them. https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
const DOMAIN = /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

function readDomain({ stage, rung }: Target, registered: string | undefined): string | undefined {
  if (!registered) {
    if (!rungs[rung].switches.customDomain) return undefined;
    throw new SynthError(
      `rung "${rung}" is served from a domain of its own: set HIROBA_DOMAIN to one that you registered, or use --rung users`,
    );
  }
  if (!DOMAIN.test(registered)) {
    throw new SynthError(`HIROBA_DOMAIN is "${registered}", which is not a domain name like example.org`);
  }
  return stage === 'prod' ? registered : `${stage}.${registered}`;
}

function readRepository(value: string | undefined): string | undefined {
  if (value && !/^[\w.-]+\/[\w.-]+$/.test(value)) {
    throw new SynthError(`HIROBA_REPOSITORY is "${value}", which is not a GitHub repository like owner/name`);
  }
  return value;
}

/** As CloudFront takes it: a line break less would be another key for Terraform, which makes a new one of it. */
function readPublicKey(pem: string | undefined): string | undefined {
  if (!pem) return undefined;
  const key = parsedKey(pem);
  // A private key says its public half, too, and must not come this far.
  const isPublic = /^\s*-----BEGIN PUBLIC KEY-----/.test(pem);
  if (isPublic && key?.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === 2048) {
    return String(key.export({ type: 'spki', format: 'pem' }));
  }
  throw new SynthError(
    'HIROBA_CDN_PUBLIC_KEY is not the PEM of a public RSA key of 2048 bits: docs/deploy.md says how to make one',
  );
}

function parsedKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

const LAYER = /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]+:\d+$/;

/** Absent: the first version of the layer `hiroba-sharp` of the account itself, which docs/deploy.md tells how to publish. */
function sharpLayer({ region }: StageSettings, arn: string | undefined): (accountId: string) => string {
  if (!arn) return (accountId) => `arn:aws:lambda:${region}:${accountId}:layer:hiroba-sharp:1`;
  if (LAYER.test(arn)) return () => arn;
  throw new SynthError(`HIROBA_SHARP_LAYER is "${arn}", which is not the ARN of a layer's version`);
}

function buildTime(epochSeconds: string | undefined): Date {
  if (epochSeconds === undefined) return new Date();
  const time = new Date(Number(epochSeconds) * 1000);
  if (epochSeconds.trim() === '' || Number.isNaN(time.getTime())) {
    throw new SynthError(`SOURCE_DATE_EPOCH is "${epochSeconds}", which is not a number of seconds`);
  }
  return time;
}
