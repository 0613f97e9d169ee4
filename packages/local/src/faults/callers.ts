import type { Principal } from '../aws/service.ts';

/** Faults are for the application: not for the developer's own calls, by which a test asks how things are. */
export const isApplication = ({ arn }: Principal): boolean => arn.includes(':role/');
