import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { EXAMPLE_PUBLIC_KEY } from './examplePublicKey.ts';
import { stages } from './stages.ts';
import { synthesizer } from './synthesize.ts';
import { synthesizeTarget } from './targets.ts';
import { folderWith, smallFiles, smallSchema, smallWiring } from './testing/application.ts';
import { argsOf, ofType, resourcesOf, statementsOf, type Block, type Resource } from './testing/terraform.ts';

const blocksOf = (value: unknown): Block[] => [value].flat() as Block[];
const edgeOf = (resources: readonly Resource[]): Resource[] => resources.filter(({ stack }) => stack === 'edge');
const addressesOf = (resources: readonly Resource[]): string[] => resources.map(({ type, id }) => `${type}.${id}`);
const typesOf = (resources: readonly Resource[]): string[] => [...new Set(resources.map(({ type }) => type))];

describe('the edge of the lowest rung', () => {
  let edge: Resource[];
  beforeAll(async () => {
    edge = edgeOf(resourcesOf((await synthesizeTarget({ stage: 'dev', rung: 'users' })).files));
  });
  const distribution = () => argsOf(edge, 'aws_cloudfront_distribution.site');

  test('keeps the addresses that deployments have', () => {
    expect(addressesOf(edge)).toEqual(
      expect.arrayContaining([
        'aws_cloudfront_distribution.site',
        'aws_cloudfront_origin_access_control.buckets',
        'aws_s3_bucket_policy.photos',
        'aws_s3_bucket_policy.site',
      ]),
    );
  });

  test('has nothing that is billed by the month', () => {
    expect(typesOf(edge).filter((type) => /wafv2|route53|acm|appsync_domain/.test(type))).toEqual([]);
    expect(distribution().viewer_certificate).toEqual({ cloudfront_default_certificate: true });
  });

  test('sends /q and pages to functions, files to the buckets, over HTTPS, and writes to pages alone', () => {
    const behaviors = [
      ...blocksOf(distribution().ordered_cache_behavior),
      ...blocksOf(distribution().default_cache_behavior),
    ];
    expect(behaviors.map(({ path_pattern: path, target_origin_id: origin }) => [path, origin])).toEqual([
      ['/q/*', 'public_reads'],
      ['/unsubscribe', 'unsubscribe'],
      ['/media/public/*', 'photos'],
      ['/media/members/*', 'photos'],
      ['/assets/*', 'site'],
      [undefined, 'site'],
    ]);
    for (const behavior of behaviors) {
      expect(behavior).toMatchObject({
        viewer_protocol_policy: 'https-only',
        allowed_methods:
          behavior.path_pattern === '/unsubscribe'
            ? ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']
            : ['GET', 'HEAD'],
        compress: true,
      });
      expect(behavior.origin_request_policy_id).toBeUndefined();
    }
  });

  test('passes the key of a page on, keeps no answer for longer than a second, and tells no other site the address', () => {
    expect(argsOf(edge, 'aws_cloudfront_cache_policy.unsubscribe')).toMatchObject({
      default_ttl: 0,
      max_ttl: 1,
      parameters_in_cache_key_and_forwarded_to_origin: {
        cookies_config: { cookie_behavior: 'none' },
        headers_config: { header_behavior: 'none' },
        query_strings_config: { query_string_behavior: 'whitelist', query_strings: { items: ['t'] } },
      },
    });
    expect(argsOf(edge, 'aws_cloudfront_response_headers_policy.unsubscribe')).toMatchObject({
      security_headers_config: { referrer_policy: { referrer_policy: 'same-origin', override: true } },
    });
    const origin = blocksOf(distribution().origin).find(({ origin_id: id }) => id === 'unsubscribe');
    expect(origin?.origin_access_control_id).toBeUndefined();
  });

  test('asks for signed cookies for the photos of members, and for nothing else', () => {
    const behaviors = blocksOf(distribution().ordered_cache_behavior);
    expect(
      behaviors.flatMap(({ path_pattern: path, trusted_key_groups: groups }) => (groups ? [[path, groups]] : [])),
    ).toEqual([['/media/members/*', ['${aws_cloudfront_key_group.members.id}']]]);
    expect(argsOf(edge, 'aws_cloudfront_key_group.members').items).toEqual(['${aws_cloudfront_public_key.members.id}']);
    expect(argsOf(edge, 'aws_cloudfront_public_key.members')).toMatchObject({
      encoded_key: EXAMPLE_PUBLIC_KEY,
      comment: 'Private key: parameter /hiroba-dev/cdn-private-key',
      lifecycle: { create_before_destroy: true },
    });
  });

  test('tells functions which key it is, and no state the private half', () => {
    const parameters = ofType(edge, 'aws_ssm_parameter').map(({ args: { name, value } }) => [name, value]);
    expect(parameters).toEqual([
      ['/hiroba-dev/cdn-key-pair-id', '${aws_cloudfront_public_key.members.id}'],
      ['/hiroba-dev/site-url', 'https://${aws_cloudfront_distribution.site.domain_name}'],
    ]);
  });

  test('keeps public reads by path and variables, and by nothing of the viewer', () => {
    expect(argsOf(edge, 'aws_cloudfront_cache_policy.public_reads')).toMatchObject({
      min_ttl: 0,
      default_ttl: 0,
      max_ttl: 60,
      parameters_in_cache_key_and_forwarded_to_origin: {
        cookies_config: { cookie_behavior: 'none' },
        headers_config: { header_behavior: 'none' },
        query_strings_config: { query_string_behavior: 'whitelist', query_strings: { items: ['v'] } },
        enable_accept_encoding_brotli: true,
        enable_accept_encoding_gzip: true,
      },
    });
  });

  test('keeps no error of an origin, but for the page of what is not there', () => {
    const errors = blocksOf(distribution().custom_error_response);
    const kept = errors.filter(({ error_caching_min_ttl: seconds }) => seconds !== 0);
    expect(kept).toEqual([
      { error_code: 403, response_code: 404, response_page_path: '/404.html', error_caching_min_ttl: 10 },
    ]);
    expect(errors.map(({ error_code: code }) => code)).toEqual([403, 400, 404, 405, 414, 500, 501, 502, 503, 504]);
  });

  test('lets this distribution, and nobody else, call the function, with both permissions', () => {
    const permissions = ofType(edge, 'aws_lambda_permission').map(({ args }) => args);
    expect(permissions.map(({ action }) => action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const permission of permissions) {
      expect(permission).toMatchObject({
        principal: 'cloudfront.amazonaws.com',
        source_arn: '${aws_cloudfront_distribution.site.arn}',
      });
    }
  });

  test('writes its log without cookies, which only the log delivery may write', () => {
    const { record_fields: fields } = argsOf(edge, 'aws_cloudwatch_log_delivery.cdn');
    expect(fields).not.toContain('cs(Cookie)');
    const [write] = statementsOf(argsOf(edge, 'aws_s3_bucket_policy.cdn_logs').policy);
    expect(write).toMatchObject({ Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: 's3:PutObject' });
  });

  test('tells browsers to connect to the API, to sign-in and to where files are sent only', () => {
    const policy = argsOf(edge, 'aws_cloudfront_response_headers_policy.site').security_headers_config as Block;
    expect(policy).toMatchObject({
      strict_transport_security: { access_control_max_age_sec: 63_072_000, include_subdomains: true, override: true },
      frame_options: { frame_option: 'DENY' },
    });
    const text = String((policy.content_security_policy as Block).content_security_policy);
    expect(text).toContain("default-src 'self'");
    const [connect = ''] = /connect-src [^;]*/.exec(text) ?? [];
    expect(connect).toContain('https://cognito-idp.us-east-1.amazonaws.com');
    for (const bucket of ['uploads', 'evidence']) {
      expect(connect).toMatch(new RegExp(`https://\\$\\{[^}]*_s3_bucket_${bucket}\\w*_bucket_regional_domain_name\\}`));
    }
    expect(text).not.toMatch(/script-src[^;]*unsafe/);
  });
});

describe('the function behind /q', () => {
  test('has an API key of its own and no right but to write its log', async () => {
    const resources = resourcesOf((await synthesizeTarget({ stage: 'dev', rung: 'users' })).files);
    const { environment } = argsOf(resources, 'aws_lambda_function.persistedQuery') as { environment: Block };
    expect(environment.variables).toEqual({
      GRAPHQL_ENDPOINT: '${aws_appsync_graphql_api.graphql.uris["GRAPHQL"]}',
      GRAPHQL_API_KEY: '${aws_appsync_api_key.persistedQuery_key.key}',
    });
    const statements = statementsOf(argsOf(resources, 'aws_iam_role_policy.persistedQuery').policy);
    expect(statements.flatMap(({ Action }) => Action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(argsOf(resources, 'aws_lambda_function_url.persistedQuery_url').authorization_type).toBe('AWS_IAM');
  });
});

describe('the edge from users++ on, with a domain', () => {
  let edge: Resource[];
  beforeAll(async () => {
    edge = edgeOf(resourcesOf((await synthesizeTarget({ stage: 'prod', rung: 'users++' })).files));
  });

  test('is served under the domain with TLS 1.2 and newer, by IPv4 and IPv6', () => {
    expect(argsOf(edge, 'aws_cloudfront_distribution.site')).toMatchObject({
      aliases: ['hiroba.example'],
      viewer_certificate: {
        acm_certificate_arn: '${aws_acm_certificate_validation.site_validation.certificate_arn}',
        minimum_protocol_version: 'TLSv1.2_2021',
        ssl_support_method: 'sni-only',
      },
      web_acl_id: '${aws_wafv2_web_acl.cdn.arn}',
    });
    const aliases = ofType(edge, 'aws_route53_record').filter(({ args }) => args.alias);
    expect(aliases.map(({ args }) => `${String(args.type)} ${String(args.name)}`)).toEqual([
      'A api.hiroba.example',
      'A ${aws_route53_zone.domain.name}',
      'AAAA ${aws_route53_zone.domain.name}',
    ]);
  });

  test('gives the API a name of its own', () => {
    expect(argsOf(edge, 'aws_appsync_domain_name.api')).toMatchObject({
      domain_name: 'api.hiroba.example',
      certificate_arn: '${aws_acm_certificate_validation.api_validation.certificate_arn}',
    });
    expect(addressesOf(edge)).toContain('aws_appsync_domain_name_api_association.api');
  });

  test('proves each name of a certificate with one record, and keeps the old certificate until the new one is in use', () => {
    for (const { args } of ofType(edge, 'aws_acm_certificate')) {
      expect(args).toMatchObject({ validation_method: 'DNS', lifecycle: { create_before_destroy: true } });
      expect(args.subject_alternative_names).toBeUndefined();
    }
  });

  test('limits addresses at /q and at the API, and answers them 429', () => {
    for (const { args } of ofType(edge, 'aws_wafv2_web_acl')) {
      const rules = blocksOf(args.rule);
      expect(rules.map(({ name, priority }) => [priority, name])).toEqual([
        [0, 'known-bad-inputs'],
        [1, 'rate-per-address'],
      ]);
      expect(rules[1]).toMatchObject({
        action: { block: { custom_response: { response_code: 429 } } },
        statement: { rate_based_statement: { limit: 3_000, aggregate_key_type: 'IP', evaluation_window_sec: 300 } },
      });
    }
    const counted = (key: string) => JSON.stringify(blocksOf(argsOf(edge, `aws_wafv2_web_acl.${key}`).rule)[1]);
    expect(counted('cdn')).toContain('"search_string":"/q/"');
    // Our own functions come from few addresses of AWS.
    expect(counted('api')).toMatch(/not_statement.*AWS4-HMAC-SHA256.*persistedQuery_key/);
  });

  test('logs what was refused without credentials', () => {
    for (const { args } of ofType(edge, 'aws_wafv2_web_acl_logging_configuration')) {
      expect(blocksOf(args.redacted_fields)).toEqual([
        { single_header: { name: 'authorization' } },
        { single_header: { name: 'cookie' } },
        { single_header: { name: 'x-api-key' } },
      ]);
    }
  });
});

describe('a stage in another Region', () => {
  test('makes in us-east-1 what CloudFront takes from there only, and the rest at home', async () => {
    const table = { ...stages, prod: { ...stages.prod, region: 'ap-northeast-1' } };
    const config = readConfig(
      ['--stage', 'prod', '--rung', 'users++'],
      { HIROBA_STATE_BUCKET: 'state', HIROBA_DOMAIN: 'hiroba.example', SOURCE_DATE_EPOCH: '1795305600' },
      table,
    );
    const synth = synthesizer({
      config,
      root: folderWith(smallFiles),
      wiring: smallWiring,
      readSchema: () => smallSchema,
    });
    const edge = edgeOf(resourcesOf(await synth.synthesize()));
    await synth.dispose();
    const abroad = edge.filter(({ args }) => args.provider === 'aws.us_east_1');
    expect(addressesOf(abroad).sort()).toEqual([
      'aws_acm_certificate.api',
      'aws_acm_certificate.site',
      'aws_acm_certificate_validation.api_validation',
      'aws_acm_certificate_validation.site_validation',
      'aws_cloudwatch_log_delivery.cdn',
      'aws_cloudwatch_log_delivery_destination.cdn',
      'aws_cloudwatch_log_delivery_source.cdn',
      'aws_cloudwatch_log_group.cdn_refused',
      'aws_wafv2_web_acl.cdn',
      'aws_wafv2_web_acl_logging_configuration.cdn',
    ]);
  });
});
