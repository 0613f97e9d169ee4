import { Route53HealthCheck } from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';

/** Asks for the site from several places of the world, every 30 seconds: DNS, certificate, CloudFront and bucket together. */
export function healthCheck(stack: Stack, domain: string): Route53HealthCheck {
  return new Route53HealthCheck(stack, 'site', {
    type: 'HTTPS',
    fqdn: domain,
    port: 443,
    resourcePath: '/',
    enableSni: true,
    requestInterval: 30,
    failureThreshold: 3,
    tags: { Name: stack.named('site') },
  });
}
