import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SynthError } from './synthError.ts';

/** What differs between stages. Everything that costs money by the hour is absent from both. */
export interface StageSettings {
  readonly region: string;
  /** Answers `__schema` and `__type`; tools on a laptop need it, strangers on the internet do not. */
  readonly introspection: boolean;
  /** Refuses to delete tables and the user pool until it is switched off in a deployment of its own. */
  readonly deletionProtection: boolean;
  readonly logRetentionDays: number;
  /** A local state file serves one person; a stage that people share keeps its state in S3. */
  readonly sharedState: boolean;
}

const stages = {
  dev: {
    region: 'us-east-1',
    introspection: true,
    deletionProtection: false,
    logRetentionDays: 30,
    sharedState: false,
  },
  prod: {
    region: 'us-east-1',
    introspection: false,
    deletionProtection: true,
    logRetentionDays: 365,
    sharedState: true,
  },
} as const satisfies Record<string, StageSettings>;

export type Stage = keyof typeof stages;

export interface Config extends StageSettings {
  readonly stage: Stage;
  /** Where the Terraform JSON goes, absolute. */
  readonly outdir: string;
  /** Watching takes two processes: one that works, and one that starts it anew when its code changes. */
  readonly watch: 'no' | 'supervise' | 'work';
  /** Absent: state is a local file beside the output folder. */
  readonly stateBucket?: string;
  /** The API keys belong to the calendar quarter of this time, and nothing else depends on it. */
  readonly now: Date;
}

/** Environment variables that are read, here and nowhere else. The cdktf CLI sets CDKTF_OUTDIR. */
export interface Environment {
  readonly HIROBA_STAGE?: string;
  readonly HIROBA_STATE_BUCKET?: string;
  readonly CDKTF_OUTDIR?: string;
  /** Set by the process that supervises. */
  readonly HIROBA_SYNTH_WORKER?: string;
  /** Epoch seconds to build as of; see reproducible-builds.org. */
  readonly SOURCE_DATE_EPOCH?: string;
}

/**
 * Configuration from flags, then environment, then defaults.
 * @throws SynthError for a flag or a stage that does not exist, and for a shared stage without a state bucket.
 */
export function readConfig(args: readonly string[], environment: Environment): Config {
  const flags = readFlags(args);
  const stage = flags.stage ?? environment.HIROBA_STAGE ?? 'dev';
  if (!isStage(stage))
    throw new SynthError(`stage "${stage}" does not exist: the stages are ${Object.keys(stages).join(', ')}`);
  const settings: StageSettings = stages[stage];
  const stateBucket = environment.HIROBA_STATE_BUCKET;
  if (settings.sharedState && !stateBucket) {
    throw new SynthError(
      `stage "${stage}" is shared: set HIROBA_STATE_BUCKET to the S3 bucket that keeps its Terraform state`,
    );
  }
  return {
    ...settings,
    stage,
    outdir: resolve(flags.outdir ?? environment.CDKTF_OUTDIR ?? 'cdktf.out'),
    watch: !flags.watch ? 'no' : environment.HIROBA_SYNTH_WORKER ? 'work' : 'supervise',
    now: buildTime(environment.SOURCE_DATE_EPOCH),
    ...(stateBucket ? { stateBucket } : {}),
  };
}

function readFlags(args: readonly string[]): { stage?: string; outdir?: string; watch?: boolean } {
  try {
    const options = { stage: { type: 'string' }, outdir: { type: 'string' }, watch: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's message goes on to explain how to pass positional arguments, which there are none of.
    const [reason] = error.message.split('. ');
    throw new SynthError(`${reason}: the flags are --stage NAME, --outdir DIR, --watch`);
  }
}

function isStage(value: string): value is Stage {
  return Object.hasOwn(stages, value);
}

function buildTime(epochSeconds: string | undefined): Date {
  if (epochSeconds === undefined) return new Date();
  const time = new Date(Number(epochSeconds) * 1000);
  if (epochSeconds.trim() === '' || Number.isNaN(time.getTime())) {
    throw new SynthError(`SOURCE_DATE_EPOCH is "${epochSeconds}", which is not a number of seconds`);
  }
  return time;
}
