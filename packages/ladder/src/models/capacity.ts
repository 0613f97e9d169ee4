import { value } from '../constants.ts';
import type { Provisioned, Store } from './system.ts';

/** How much of a store's throughput there is, second by second. */
export interface Capacity {
  /** Takes what is asked for in a second; gives back what it throttles. */
  take(units: number, second: number): number;
  /** Units a second that it is ready for now. */
  ready(): number;
}

export function capacityOf(store: Store, direction: 'reads' | 'writes', isBusy: (second: number) => boolean): Capacity {
  return store.provisioned === null
    ? onDemand(store.warm[direction])
    : provisioned(store.provisioned[direction], isBusy);
}

/** At once twice the highest of before, and what the table is warm for; up to the table's quota. */
function onDemand(warm: number): Capacity {
  let peak = warm / value('onDemandGrowth');
  let peakAt = 0;
  // What was asked for in advance was granted; growth ends at the quota.
  const ready = (): number => Math.max(warm, Math.min(value('tableQuota'), peak * value('onDemandGrowth')));
  let allowed = ready();
  return {
    take(units, second) {
      const served = Math.min(units, allowed);
      if (served > peak) {
        peak = served;
        peakAt = second;
      }
      // What was reached becomes the peak that may be doubled after half an hour.
      if (second - peakAt >= value('onDemandMemory')) allowed = ready();
      return units - served;
    },
    ready: () => allowed,
  };
}

/** Target tracking: minutes above the target, then a while until more serves. What was not used for five minutes may be used at once. */
function provisioned(
  { minimum, scheduledMinimum, maximum, target }: Provisioned,
  isBusy: (second: number) => boolean,
): Capacity {
  let capacity = isBusy(0) ? scheduledMinimum : minimum;
  let burst = capacity * value('burstSeconds');
  let minuteUnits = 0;
  let minutesAbove = 0;
  let coming: { readonly capacity: number; readonly at: number } | null = null;
  return {
    take(units, second) {
      if (coming && second >= coming.at) {
        capacity = coming.capacity;
        coming = null;
      }
      const floor = isBusy(second) ? scheduledMinimum : minimum;
      if (capacity < floor) capacity = floor;
      const beyond = Math.max(0, units - capacity);
      const fromBurst = Math.min(beyond, burst);
      burst = Math.min(capacity * value('burstSeconds'), burst - fromBurst + Math.max(0, capacity - units));
      minuteUnits += units;
      if (second % 60 === 59) {
        const used = minuteUnits / 60;
        minuteUnits = 0;
        minutesAbove = used > capacity * target ? minutesAbove + 1 : 0;
        if (minutesAbove >= value('scaleOutMinutes') && !coming) {
          const wanted = Math.min(maximum, Math.ceil(used / target));
          if (wanted > capacity) coming = { capacity: wanted, at: second + value('scaleOutDelay') };
        }
      }
      return beyond - fromBurst;
    },
    ready: () => capacity,
  };
}
