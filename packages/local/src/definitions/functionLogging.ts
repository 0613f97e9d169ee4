import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import { APPLICATION_LOG_LEVELS, defaultLogging, type FunctionLogging } from '../services/lambda/index.ts';

/** `logging_config` of an `aws_lambda_function`, where it has one. */
export function functionLogging(resource: ResolvedResource): { readonly logging?: FunctionLogging } {
  const block = argumentsOf(resource).block('logging_config');
  if (block === undefined) return {};
  const read = argumentsOf({ ...resource, args: block });
  const format = read.string('log_format');
  if (format !== 'Text' && format !== 'JSON') {
    throw new ConfigurationError(
      `${resource.address}.logging_config.log_format must be Text or JSON, not "${format}".`,
    );
  }
  const logGroup =
    read.optionalString('log_group') ?? defaultLogging(argumentsOf(resource).string('function_name')).logGroup;
  return { logging: { logGroup, format, level: format === 'Text' ? 'TRACE' : levelOf(resource, block) } };
}

function levelOf(resource: ResolvedResource, block: ResolvedResource['args']): FunctionLogging['level'] {
  const text = argumentsOf({ ...resource, args: block }).optionalString('application_log_level') ?? 'INFO';
  const level = APPLICATION_LOG_LEVELS.find((each) => each === text);
  if (level !== undefined) return level;
  throw new ConfigurationError(
    `${resource.address}.logging_config.application_log_level must be one of ${APPLICATION_LOG_LEVELS.join(', ')}, not "${text}".`,
  );
}
