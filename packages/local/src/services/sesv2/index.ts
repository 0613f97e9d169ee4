export {
  SUPPRESSION_REASONS,
  type ConfigurationSet,
  type EmailIdentity,
  type EmailTemplate,
  type SesDefinition,
  type SuppressionReason,
} from './model.ts';
export { createSesV2, DEFAULT_SENDING_LIMITS, type SendingLimits, type SesOptions, type SesV2 } from './service.ts';
export { parseTemplate, TemplateError } from './template/index.ts';
