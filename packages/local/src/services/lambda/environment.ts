import type { AccessKey } from '../../aws/credentials.ts';
import type { FunctionVersion } from './definition.ts';
import { defaultLogging, LOG_STREAM } from './logging.ts';

interface Surroundings {
  readonly region: string;
  readonly endpointUrl: string;
  readonly credentials: AccessKey;
  readonly localize: (text: string) => string;
}

/**
 * All that a function sees in `process.env`: its own variables and those that Lambda defines (Developer Guide, "Defined
 * runtime environment variables"). `AWS_ENDPOINT_URL` makes every AWS SDK call this machine, and so do names of what runs
 * here. Unlike on AWS, `TZ` does not
 * move the time zone of `Date`: Node shares that between the threads of a process.
 */
export function workerEnvironment(
  { functionName, handler, runtime, memoryMegabytes, environment, logging }: FunctionVersion,
  { region, endpointUrl, credentials, localize }: Surroundings,
): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ENDPOINT_URL: endpointUrl,
    ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, localize(value)])),
    _HANDLER: handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: (logging ?? defaultLogging(functionName)).logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
}
