import type { CloudFront, Distribution } from '../services/cloudfront/index.ts';

interface Addresses {
  /** Scheme and host of the API port, where paths of a distribution are served as well. */
  readonly api: string;
  /** Of the AWS port. */
  readonly aws: string;
}

/**
 * CloudFront whose pages may load and ask for on this machine what their policy lets them on AWS: hosts of AWS are the AWS port, and the
 * distribution itself is also the API port, whose address photos have here.
 */
export function withLocalPolicies(cloudfront: CloudFront, addresses: () => Addresses): CloudFront {
  return {
    ...cloudfront,
    replace: (distributions) => cloudfront.replace(distributions.map((each) => localized(each, addresses()))),
  };
}

function localized(distribution: Distribution, { api, aws }: Addresses): Distribution {
  const local = (policy: string): string =>
    policy
      .replace(/https:\/\/[a-z0-9.-]+\.amazonaws\.com/g, aws)
      .replace(/(img-src|media-src|connect-src)([^;]*)'self'/g, `$1$2'self' ${api}`);
  return {
    ...distribution,
    behaviors: distribution.behaviors.map((behavior) => {
      const { target } = behavior;
      if (target.kind !== 'origin') return behavior;
      const headers = target.headers.map((rule) =>
        rule.name === 'content-security-policy' ? { ...rule, value: local(rule.value) } : rule,
      );
      return { ...behavior, target: { ...target, headers } };
    }),
  };
}
