import {
  type CloudfrontDistribution,
  type Construct,
  type Route53Zone,
  SsmParameter,
  type Wafv2WebAcl,
  Wafv2WebAclAssociation,
} from '../aws.ts';
import type { Config } from '../config.ts';
import { cdnLog } from '../constructs/cdnLog.ts';
import { apiDomain, certificateArn, siteRecords, zone } from '../constructs/customDomain.ts';
import { callableThrough, distribution, readableThrough } from '../constructs/distribution.ts';
import { mailSender } from '../constructs/mail.ts';
import { usEast1, type ProviderChoice } from '../constructs/usEast1.ts';
import { viewerKeys } from '../constructs/viewerKeys.ts';
import { headerIs, headerStartsWith, neither, pathStartsWith, webAcl } from '../constructs/webAcl.ts';
import { type ParameterKey, parameterName, parameters } from '../parameters.ts';
import type { ApiStack } from './api.ts';
import type { DataStack } from './data.ts';
import { Stack } from './stack.ts';

/** In five minutes: ten a second for an office behind one address. A page asks two or three times. */
const REQUESTS_PER_ADDRESS = 3_000;

export interface EdgeSources {
  readonly data: DataStack;
  readonly api: ApiStack;
}

/** CloudFront with the site, the photos and the reads that are the same for everyone; names; web ACLs. */
export class EdgeStack extends Stack {
  readonly distribution: CloudfrontDistribution;
  /** Undefined at rungs without. */
  readonly webAcls: { readonly cdn: Wafv2WebAcl; readonly api: Wafv2WebAcl } | undefined;
  readonly zone: Route53Zone | undefined;
  /** Where the site is, without a scheme. */
  readonly siteDomain: string;

  constructor(scope: Construct, config: Config, sources: EdgeSources) {
    super(scope, 'edge', config);
    const { data, api } = sources;
    const { domain } = config;
    const elsewhere = usEast1(this);
    this.webAcls = config.switches.webAcl ? this.#webAcls(sources, elsewhere) : undefined;
    this.zone = domain === undefined ? undefined : zone(this, domain);
    const names = domain !== undefined && this.zone ? { domain, zone: this.zone, usEast1: elsewhere } : undefined;
    mailSender(this, this.zone);
    const viewers = viewerKeys(this);
    this.distribution = distribution(this, {
      site: data.buckets.site,
      photos: data.buckets.photos,
      publicReads: api.publicReads,
      sitePages: api.sitePages,
      connections: {
        api: api.api,
        apiDomain: names && apiName(names.domain),
        forms: [data.buckets.uploads, data.buckets.evidence],
      },
      viewers: viewers.group,
      ...(names ? { domain: { name: names.domain, certificateArn: certificateArn(this, 'site', names) } } : {}),
      ...(this.webAcls ? { webAclArn: this.webAcls.cdn.arn } : {}),
    });
    readableThrough(this, 'site', data.buckets.site, this.distribution);
    readableThrough(this, 'photos', data.buckets.photos, this.distribution);
    if (api.publicReads) callableThrough(this, 'persistedQuery', api.publicReads, this.distribution);
    cdnLog(this, this.distribution, elsewhere);
    if (names) this.#names(names, api);
    this.siteDomain = domain ?? this.distribution.domainName;
    this.#parameter('siteUrl', 'Scheme and host of the site and the CDN', `https://${this.siteDomain}`);
    this.#parameter('cdnKeyPairId', 'The key that the CDN verifies cookies with', viewers.publicKey.id);
    this.output('site_domain', this.siteDomain);
  }

  /** What functions read while they run, since they are made before. */
  #parameter(key: ParameterKey, description: string, value: string): void {
    const name = parameterName(this.config.namePrefix, key);
    new SsmParameter(this, parameters[key].replaceAll('-', '_'), { name, description, type: 'String', value });
  }

  #names(
    names: { readonly domain: string; readonly zone: Route53Zone; readonly usEast1: ProviderChoice },
    { api }: ApiStack,
  ): void {
    siteRecords(this, names.zone, this.distribution);
    const domain = apiName(names.domain);
    const certificate = certificateArn(this, 'api', { ...names, domain });
    apiDomain(this, { domain, certificateArn: certificate, zone: names.zone, api });
    this.output('api_domain', domain);
    // What whoever holds the domain above enters there.
    this.output('name_servers', `\${join(" ", ${names.zone.fqn}.name_servers)}`);
  }

  /** The web ACL of the API does not count our own functions, whose requests come from few addresses of AWS. */
  #webAcls({ data, api }: EdgeSources, elsewhere: ProviderChoice): { cdn: Wafv2WebAcl; api: Wafv2WebAcl } {
    const { logKey } = data;
    const cdn = webAcl(this, 'cdn', {
      scope: 'CLOUDFRONT',
      requestsPerAddress: REQUESTS_PER_ADDRESS,
      // The rest is files, which cost an attacker as much as us.
      counted: pathStartsWith('/q/'),
      logKey,
      provider: elsewhere,
    });
    const signed = headerStartsWith('authorization', 'AWS4-HMAC-SHA256');
    const graphql = webAcl(this, 'api', {
      scope: 'REGIONAL',
      requestsPerAddress: REQUESTS_PER_ADDRESS,
      ...(api.publicReads ? { counted: neither(signed, headerIs('x-api-key', api.publicReads.apiKey.key)) } : {}),
      logKey,
    });
    new Wafv2WebAclAssociation(this.group('protected by web acls'), 'api', {
      resourceArn: api.api.arn,
      webAclArn: graphql.arn,
    });
    return { cdn, api: graphql };
  }
}

const apiName = (domain: string): string => `api.${domain}`;
