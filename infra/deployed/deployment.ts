import { join } from 'node:path';
import { isStage } from '../config.ts';
import { stages, type Stage } from '../stages.ts';
import { OperatorError } from './operatorError.ts';

/** What an operator's command looks at: the system on this machine, or a stage on AWS. */
export interface Deployment {
  readonly stage: Stage;
  /** Names of its resources begin with it and `-`. */
  readonly namePrefix: string;
  readonly isLocal: boolean;
  /** For messages: `http://localhost:4001`, or `stage "dev" in us-east-1`. */
  readonly where: string;
  /** For the clients of the AWS SDK, which find credentials as the AWS CLI does. */
  readonly client: { readonly region: string; readonly endpoint?: string };
}

export interface DeploymentFlags {
  readonly stage?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly data?: string | undefined;
}

export const DEPLOYMENT_OPTIONS = {
  stage: { type: 'string' },
  endpoint: { type: 'string' },
  data: { type: 'string' },
} as const;

export const DEPLOYMENT_USAGE = `  --stage NAME     the stage on AWS, with the credentials that the AWS CLI would use
  --endpoint URL   the AWS endpoint of a local system (default http://localhost:4001)
  --data DIR       where its keys are (default .hiroba); AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY take precedence`;

/**
 * Without a stage, the system on this machine; its keys are in the format of AWS's shared credentials, so that the SDK reads
 * them when it is told where (in `environment`, which must be the process's own for that).
 * @throws OperatorError for a stage that does not exist.
 */
export function readDeployment(flags: DeploymentFlags, environment: NodeJS.ProcessEnv): Deployment {
  const stage = flags.stage ?? 'dev';
  if (!isStage(stage)) {
    throw new OperatorError(`There is no stage "${stage}": the stages are ${Object.keys(stages).join(', ')}.`);
  }
  const { region, namePrefix } = stages[stage];
  if (flags.stage !== undefined && flags.endpoint === undefined) {
    return { stage, namePrefix, isLocal: false, where: `stage "${stage}" in ${region}`, client: { region } };
  }
  const endpoint = flags.endpoint ?? 'http://localhost:4001';
  if (!URL.canParse(endpoint)) throw new OperatorError(`--endpoint is no address: ${endpoint}`);
  environment['AWS_SHARED_CREDENTIALS_FILE'] = join(flags.data ?? '.hiroba', 'credentials');
  delete environment['AWS_PROFILE'];
  return { stage, namePrefix, isLocal: true, where: endpoint, client: { region, endpoint } };
}
