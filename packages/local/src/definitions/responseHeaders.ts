import { argumentsOf, type ResolvedResource } from '../resources/resourceType.ts';
import type { HeaderRule } from '../services/cloudfront/index.ts';
import { MANAGED_HEADER_RULES } from './managedEdgePolicies.ts';
import type { ResourceSet } from './resourceSet.ts';

/** The headers that a response headers policy adds. Credentials and single origins are not emulated: `*` is enough for what everyone may read. */
export function responseHeaderRules(
  resources: ResourceSet,
  id: string | undefined,
  address: string,
): readonly HeaderRule[] {
  if (id === undefined) return [];
  const managed = MANAGED_HEADER_RULES.get(id);
  if (managed) return managed;
  const policy = resources.find(
    'aws_cloudfront_response_headers_policy',
    'id',
    id,
    `${address}.response_headers_policy_id`,
  );
  return [...securityRules(policy), ...corsRules(policy), ...customRules(policy)];
}

function securityRules(policy: ResolvedResource): HeaderRule[] {
  const read = blockReader(policy, 'security_headers_config');
  const rule = (block: string, name: string, value: (inner: ReturnType<typeof argumentsOf>) => string): HeaderRule[] =>
    read.blocks(block).map((args) => {
      const inner = argumentsOf({ ...policy, args });
      return { name, value: value(inner), override: inner.boolean('override', false) };
    });
  return [
    ...rule('strict_transport_security', 'strict-transport-security', (inner) =>
      [
        `max-age=${inner.number('access_control_max_age_sec', 0)}`,
        ...(inner.boolean('include_subdomains', false) ? ['includeSubDomains'] : []),
        ...(inner.boolean('preload', false) ? ['preload'] : []),
      ].join('; '),
    ),
    ...rule('content_type_options', 'x-content-type-options', () => 'nosniff'),
    ...rule('frame_options', 'x-frame-options', (inner) => inner.string('frame_option')),
    ...rule('referrer_policy', 'referrer-policy', (inner) => inner.string('referrer_policy')),
    ...rule('content_security_policy', 'content-security-policy', (inner) => inner.string('content_security_policy')),
  ];
}

function corsRules(policy: ResolvedResource): HeaderRule[] {
  return argumentsOf(policy)
    .blocks('cors_config')
    .flatMap((args) => {
      const read = argumentsOf({ ...policy, args });
      const items = (name: string): string =>
        argumentsOf({ ...policy, args: read.block(name) ?? {} })
          .strings('items')
          .join(', ');
      const override = read.boolean('origin_override', false);
      return [
        { name: 'access-control-allow-origin', value: items('access_control_allow_origins'), override },
        { name: 'access-control-expose-headers', value: items('access_control_expose_headers'), override },
      ].filter(({ value }) => value !== '');
    });
}

function customRules(policy: ResolvedResource): HeaderRule[] {
  return blockReader(policy, 'custom_headers_config')
    .blocks('items')
    .map((args) => {
      const read = argumentsOf({ ...policy, args });
      return {
        name: read.string('header').toLowerCase(),
        value: read.string('value'),
        override: read.boolean('override', false),
      };
    });
}

const blockReader = (policy: ResolvedResource, name: string) =>
  argumentsOf({ ...policy, args: argumentsOf(policy).block(name) ?? {} });
