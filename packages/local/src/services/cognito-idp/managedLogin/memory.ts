import type { Clock } from '../../../clock.ts';

/** Things that are known by an id that cannot be guessed, for a while. In memory: a restart forgets them. */
export interface Memory<Thing> {
  put(id: string, thing: Thing): void;
  find(id: string): Thing | undefined;
  /** Each thing to one caller. */
  take(id: string): Thing | undefined;
  remove(id: string): void;
}

/** The oldest goes when there are more than so many. */
const MOST = 10_000;

export function createMemory<Thing>(clock: Clock, lifeMilliseconds: number): Memory<Thing> {
  const things = new Map<string, { readonly thing: Thing; readonly expiresAt: number }>();

  // The map keeps the order of insertion, so what expired lies at its front.
  function makeRoom(): void {
    for (const [id, { expiresAt }] of things) {
      if (expiresAt > clock.now() && things.size < MOST) return;
      things.delete(id);
    }
  }
  function find(id: string): Thing | undefined {
    const found = things.get(id);
    return found && found.expiresAt > clock.now() ? found.thing : undefined;
  }

  return {
    put(id, thing) {
      makeRoom();
      things.set(id, { thing, expiresAt: clock.now() + lifeMilliseconds });
    },
    find,
    take(id) {
      const thing = find(id);
      things.delete(id);
      return thing;
    },
    remove: (id) => void things.delete(id),
  };
}
