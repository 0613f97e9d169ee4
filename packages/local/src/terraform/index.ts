export type { Configuration, DataSource, Resource, Stack } from './configuration.ts';
export { TerraformError, type TerraformLocation } from './error.ts';
export {
  evaluate,
  type Evaluated,
  type EvaluatedProvider,
  type EvaluatedResource,
  type EvaluateOptions,
} from './evaluate.ts';
export { readTerraform } from './readTerraform.ts';
export { resolveAsset } from './resolveAsset.ts';
