export {
  MAX_VALUE_CHARACTERS,
  PARAMETER_TYPES,
  type ParameterDefinition,
  type ParameterType,
  type Tier,
} from './model.ts';
export { nameProblem } from './names.ts';
export { createSsm, type Ssm, type SsmOptions } from './service.ts';
