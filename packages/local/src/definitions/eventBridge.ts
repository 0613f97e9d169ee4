import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type { EventBus } from '../services/eventbridge/index.ts';
import type { ResourceSet } from './resourceSet.ts';

/** What would do something with events, of which nothing would be seen here. */
const NOT_EMULATED = [
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_event_target',
  'aws_cloudwatch_event_archive',
  'aws_cloudwatch_event_bus_policy',
  'aws_cloudwatch_event_permission',
  'aws_pipes_pipe',
];

/** Throws `ConfigurationError` with the address for what is not emulated. */
export function eventBusDefinitions(resources: ResourceSet): EventBus[] {
  const [refused] = NOT_EMULATED.flatMap((type) => resources.ofType(type));
  if (refused)
    throw new ConfigurationError(`${refused.address}: the type ${refused.type} is not emulated by @hiroba/local.`);
  return resources.ofType('aws_cloudwatch_event_bus').map(eventBus);
}

function eventBus(resource: ResolvedResource): EventBus {
  const read = argumentsOf(resource);
  const name = read.string('name');
  if (!/^[\w./-]{1,256}$/.test(name) || name === 'default')
    throw new ConfigurationError(`${resource.address}.name: "${name}" is no name for a bus.`);
  if (read.optionalString('event_source_name') !== undefined || read.block('dead_letter_config') !== undefined)
    throw new ConfigurationError(`${resource.address}: only buses of one's own events are emulated by @hiroba/local.`);
  return { name, arn: String(resource.attributes['arn']) };
}
