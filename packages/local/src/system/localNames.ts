import { type Distribution, localName } from '../services/cloudfront/index.ts';

/** Addresses on AWS of what runs here, as addresses of this machine. */
export interface LocalNames {
  /** Takes the distributions of a newly read configuration. */
  replace(distributions: readonly Pick<Distribution, 'domainName' | 'aliases'>[]): void;
  /** The text with `https://d111111abcdef8.cloudfront.net` and the like made addresses that can be asked for. */
  localize(text: string): string;
}

/**
 * What the Terraform calls `https://d111111abcdef8.cloudfront.net`, or by a name of one's own, is served here under another
 * address, which functions are given in its place: they hand it on to clients.
 * @param apiUrl where the paths of a distribution's own behaviors are served, as `http://localhost:4000`.
 */
export function createLocalNames(apiUrl: () => string): LocalNames {
  let addresses: readonly { readonly pattern: RegExp; readonly local: string }[] = [];
  return {
    replace(distributions) {
      // The port of the API serves one distribution's paths; with several, each is asked for by its own name.
      const only = distributions.length === 1;
      addresses = distributions.flatMap(({ domainName, aliases }) =>
        [domainName, ...aliases].map((name) => ({
          pattern: new RegExp(`https://${name.replaceAll('.', '\\.')}(?![\\w.:-])`, 'gi'),
          local: only ? apiUrl() : byName(apiUrl(), domainName),
        })),
      );
    },
    localize: (text) => addresses.reduce((done, { pattern, local }) => done.replace(pattern, () => local), text),
  };
}

/** `http://d111111abcdef8.cloudfront.localhost:4000`, which browsers find on this machine. */
function byName(apiUrl: string, domainName: string): string {
  return apiUrl.replace('//localhost', `//${localName(domainName)}`);
}
