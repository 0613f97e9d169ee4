import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type { LayerSettings } from '../services/lambda/index.ts';

/** Says which installed packages a layer stands for. */
export interface LayerPackages {
  /** The ARN of a layer's version, or a pattern of it with `*` for any characters, as `*:layer:sharp:*`. */
  readonly arn: string;
  /** Names of installed packages. */
  readonly packages: readonly string[];
}

export interface KnownLayers {
  readonly layers: readonly LayerPackages[];
  /** The folder of the project that has the packages installed. */
  readonly from: string;
}

/** Throws `ConfigurationError` for a layer that nobody explains. */
export function layerSettings(resource: ResolvedResource, { layers, from }: KnownLayers): LayerSettings | null {
  const arns = argumentsOf(resource).strings('layers');
  if (arns.length === 0) return null;
  const packages = arns.flatMap((arn) => {
    const known = layers.find((layer) => patternOf(layer.arn).test(arn));
    if (known) return known.packages;
    throw new ConfigurationError(
      `${resource.address}.layers: the Terraform has the ARN ${arn} and not what is in it. ` +
        `Say which installed packages stand for it: --layer "${arn.replace(/:\d+$/, ':*')}=PACKAGE,PACKAGE".`,
    );
  });
  return { arns, packages: [...new Set(packages)], from };
}

function patternOf(arn: string): RegExp {
  const parts = arn.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
