import type { Construct } from '../aws.ts';
import type { Config } from '../config.ts';
import { distribution, readableThrough } from '../constructs/distribution.ts';
import type { DataStack } from './data.ts';
import { Stack } from './stack.ts';

/** CloudFront: the site, and the photos that everyone may see. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, config: Config, data: DataStack) {
    super(scope, 'edge', config);
    const edge = distribution(this, { site: data.site, photos: data.photos });
    readableThrough(this, 'site', data.site, edge);
    readableThrough(this, 'photos', data.photos, edge);
    this.output('site_domain', edge.domainName);
  }
}
