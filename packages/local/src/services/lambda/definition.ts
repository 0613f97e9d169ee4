import { createHash } from 'node:crypto';
import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { Principal } from '../../aws/service.ts';
import {
  checkAsynchronous,
  DEFAULT_ASYNCHRONOUS,
  type AsynchronousConfiguration,
} from './asynchronous/configuration.ts';
import { openArchive, type Archive } from './archive.ts';
import { NO_LAYERS, openLayers, type LayerSettings, type OpenedLayers } from './layers.ts';
import type { FunctionLogging } from './logging.ts';
import { MAX_ENVIRONMENT_BYTES, MAX_MEMORY_MEGABYTES, MAX_TIMEOUT_SECONDS, MIN_MEMORY_MEGABYTES } from './limits.ts';

/** A function as the Terraform describes it. */
export interface FunctionDefinition {
  readonly functionName: string;
  readonly arn: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  /** The deployment package: a ZIP archive. */
  readonly code: Uint8Array;
  /** `index.handler`: a file without extension, and one of its exports. */
  readonly handler: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** The execution role. */
  readonly principal: Principal;
  /** By default text in the group `/aws/lambda/NAME`. */
  readonly logging?: FunctionLogging;
  /** At this many concurrent calls the next is throttled; 0 throttles all. */
  readonly reservedConcurrency?: number;
  /** What becomes of asynchronous events; by default two retries within six hours. */
  readonly asynchronous?: AsynchronousConfiguration;
  readonly layers?: LayerSettings;
}

/** A definition that was checked and unpacked. */
export interface FunctionVersion extends FunctionDefinition {
  readonly archive: Archive;
  readonly openedLayers: OpenedLayers;
  /** The file of the archive that `handler` names. */
  readonly entry: string;
  readonly exportName: string;
  /** Base64, as the `CodeSha256` of `GetFunction`. */
  readonly codeSha256: string;
  readonly asynchronous: AsynchronousConfiguration;
  /** Differs whenever anything that the function can notice differs. */
  readonly fingerprint: string;
}

/** Lambda's `Runtime` values that Node 24 can stand for. */
const RUNTIMES: ReadonlySet<string> = new Set(['nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x']);

/** In the order AWS looks for them. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'] as const;

/**
 * Checks a definition and opens its archive, unless `known`, the version before, has the same.
 *
 * Throws `AwsError` `InvalidParameterValueException`, or `NotEmulated`; both name the Terraform address.
 */
export function prepareFunction(definition: FunctionDefinition, known?: FunctionVersion): FunctionVersion {
  refuseUnsupported(definition);
  refuseOutOfRange(definition);
  refuseBadEnvironment(definition);
  const { asynchronous = DEFAULT_ASYNCHRONOUS, layers } = definition;
  checkAsynchronous(definition.address, asynchronous);
  const fingerprint = fingerprintOf(definition);
  if (known?.fingerprint === fingerprint) return { ...known, ...definition, asynchronous };
  const archive = openArchive(definition.code, definition.address);
  return {
    ...definition,
    ...findEntry(definition, archive),
    archive,
    openedLayers: layers ? openLayers(layers, definition.address) : NO_LAYERS,
    asynchronous,
    codeSha256: createHash('sha256').update(definition.code).digest('base64'),
    fingerprint,
  };
}

function refuseUnsupported({ address, runtime }: FunctionDefinition): void {
  if (!RUNTIMES.has(runtime)) throw new NotEmulated(`${address}: runtime ${runtime}`);
}

function refuseOutOfRange({
  address,
  functionName,
  timeoutSeconds,
  memoryMegabytes,
  reservedConcurrency = 0,
}: FunctionDefinition): void {
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(functionName)) {
    throw invalid(address, `function_name ${functionName} must be 1 to 64 letters, digits, - or _`);
  }
  if (!isBetween(timeoutSeconds, 1, MAX_TIMEOUT_SECONDS)) {
    throw invalid(address, `timeout ${timeoutSeconds} must be between 1 and ${MAX_TIMEOUT_SECONDS} seconds`);
  }
  if (!isBetween(memoryMegabytes, MIN_MEMORY_MEGABYTES, MAX_MEMORY_MEGABYTES)) {
    throw invalid(
      address,
      `memory_size ${memoryMegabytes} must be between ${MIN_MEMORY_MEGABYTES} and ${MAX_MEMORY_MEGABYTES} MB`,
    );
  }
  if (!isBetween(reservedConcurrency, 0, 1_000)) {
    throw invalid(address, `reserved_concurrent_executions ${reservedConcurrency} must be between 0 and 1000`);
  }
}

const isBetween = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;

/** Names that Lambda sets itself ("Defined runtime environment variables") and refuses in a function's own. */
const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

function refuseBadEnvironment({ address, environment }: FunctionDefinition): void {
  const names = Object.keys(environment);
  const reserved = names.filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) throw invalid(address, `the environment sets reserved variables: ${reserved.join(', ')}`);
  const malformed = names.filter((name) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name));
  if (malformed.length > 0) throw invalid(address, `malformed names of environment variables: ${malformed.join(', ')}`);
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw invalid(address, `the environment has ${bytes} bytes as JSON; the limit is ${MAX_ENVIRONMENT_BYTES}`);
  }
}

function findEntry(
  { address, handler }: FunctionDefinition,
  archive: Archive,
): Pick<FunctionVersion, 'entry' | 'exportName'> {
  const [, stem, exportName] = /^([^\s]+)\.([^\s.]+)$/.exec(handler) ?? [];
  if (stem === undefined || exportName === undefined) {
    throw invalid(address, `handler ${handler} must have the form file.export`);
  }
  const entry = EXTENSIONS.map((extension) => `${stem}${extension}`).find((name) => archive.has(name));
  if (entry === undefined) {
    const candidates = EXTENSIONS.map((extension) => `${stem}${extension}`).join(', ');
    throw invalid(address, `the archive has none of ${candidates}, which handler ${handler} asks for`);
  }
  return { entry, exportName };
}

function fingerprintOf({ code, principal, asynchronous: _unseen, ...rest }: FunctionDefinition): string {
  const settings = { ...rest, environment: Object.entries(rest.environment).sort(), role: principal.arn };
  return createHash('sha256').update(JSON.stringify(settings)).update(code).digest('hex');
}

const invalid = (address: string, problem: string): AwsError =>
  new AwsError('InvalidParameterValueException', `${address}: ${problem}`);
