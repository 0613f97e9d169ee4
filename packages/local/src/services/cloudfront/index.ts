export { createCloudFront, localName, type CloudFront, type CloudFrontOptions, type Route } from './cloudfront.ts';
export type { PublicKeyOf } from './signed/admission.ts';
export type {
  Behavior,
  BucketOrigin,
  CachePolicy,
  Distribution,
  EdgeRequest,
  EdgeResponse,
  ErrorResponse,
  FunctionOrigin,
  HeaderRule,
  Selection,
  Target,
  TrustedKey,
} from './model.ts';
