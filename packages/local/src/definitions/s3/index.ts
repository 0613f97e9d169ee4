export { bucketDefinitions } from './buckets.ts';
export { declaredObjects } from './objects.ts';
export { bucketPolicies } from './policies.ts';
