export { createCloudFront, type CloudFront, type CloudFrontOptions, type Route } from './cloudfront.ts';
export type {
  Behavior,
  CachePolicy,
  Distribution,
  EdgeRequest,
  EdgeResponse,
  ErrorResponse,
  FunctionOrigin,
  HeaderRule,
  Selection,
  Target,
} from './model.ts';
