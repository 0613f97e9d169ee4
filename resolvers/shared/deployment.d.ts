/**
 * What serviceStatus tells, and where the site is: scheme and host when it has a domain of its own, empty otherwise. The
 * bundler replaces `DEPLOYMENT.region` and the like by string literals.
 */
declare const DEPLOYMENT: {
  readonly rung: string;
  readonly region: string;
  readonly build: string;
  readonly siteUrl: string;
};
