import type { RungName } from '../rungs.ts';

/** What a rung was estimated to cost before there was Terraform to price or a system to measure, US dollars a month. */
export interface EarlierEstimate {
  readonly idle?: number;
  readonly page: number;
  readonly literal: number;
  /** Why the bill is more than a fifth away from it; absent where it is not. */
  readonly difference?: string;
}

const STORAGE =
  'The estimate had storage for about nine months of content without copies; the Terraform keeps a year, recovers to any second and keeps 35 daily backups, each of them a whole copy.';

export const earlierEstimates: Readonly<Record<RungName, EarlierEstimate>> = {
  users: {
    idle: 3.5,
    page: 8,
    literal: 48,
    difference:
      'The estimate had a dozen alarms; each queue of the jobs has two, at a rung where the rest of the bill is a few dollars.',
  },
  'users+': { page: 54, literal: 451, difference: STORAGE },
  'users++': {
    page: 1_079,
    literal: 5_625,
    difference: `${STORAGE} A like was estimated at 2 write units and takes 13 with its counters, marks and notifications; a post at 3 and takes 21.`,
  },
  'users+++': {
    page: 10_500,
    literal: 60_700,
    difference: `${STORAGE} Writes are dearer as above, and events that functions publish are AppSync operations of their own.`,
  },
  'users++++': {
    page: 24_700,
    literal: 165_000,
    difference: `${STORAGE} The least capacity that autoscaling keeps and contributor insights were not in the estimate.`,
  },
  'users+++++': {
    page: 78_500,
    literal: 546_000,
    difference: `${STORAGE} Contributor insights, AppSync's logs and the answers' way to the internet are larger than estimated; the traffic of photos and mail, which was in it, is not in the bill yet.`,
  },
};
