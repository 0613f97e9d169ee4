import type { LayerName } from '../functions.ts';

const sharp: LayerName = 'sharp';

/** The packages of this project that stand for layers where the Terraform is run locally. `npm start` says the same. */
export const installedLayers = [{ arn: `*:layer:hiroba-${sharp}:*`, packages: [sharp] }];
