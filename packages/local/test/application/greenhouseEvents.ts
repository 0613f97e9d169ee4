import { allowing, trusting } from './terraform.ts';

/** Harvests are announced on an event bus, to which the API alone may write. */
export function greenhouseEvents() {
  return {
    bus: { name: '${local.prefix}-harvest' },
    role: { name: '${local.prefix}-harvest', assume_role_policy: trusting('appsync.amazonaws.com') },
    policy: {
      name: 'harvest',
      role: '${aws_iam_role.harvest.name}',
      policy: allowing({ Action: ['events:PutEvents'], Resource: ['${aws_cloudwatch_event_bus.harvest.arn}'] }),
    },
    dataSource: {
      api_id: '${aws_appsync_graphql_api.api.id}',
      name: 'harvest',
      type: 'AMAZON_EVENTBRIDGE',
      service_role_arn: '${aws_iam_role.harvest.arn}',
      event_bridge_config: { event_bus_arn: '${aws_cloudwatch_event_bus.harvest.arn}' },
    },
  };
}
