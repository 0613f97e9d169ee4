import { MalformedMessage, membersOf } from './messages.ts';

/** What the function `archive` is asked for. */
export type ArchiveMessage =
  /** By the clock: archive what has become old. */
  | { readonly kind: 'start' }
  /** Look for authors in one segment of the members, from one of them on. */
  | {
      readonly kind: 'walk';
      /** `202608`: the first month that stays. */
      readonly before: string;
      readonly segment: number;
      readonly segments: number;
      /** The last member of the page before; absent: from the beginning. */
      readonly from?: string | undefined;
    }
  /** Archive what these authors wrote before a month. */
  | {
      readonly kind: 'authors';
      readonly before: string;
      /** Names the files of the warehouse that their posts go to, one a day. */
      readonly part: string;
      readonly authorIds: readonly string[];
      /** What the first of them wrote up to this post is done. */
      readonly after?: string | undefined;
    }
  /** A post was deleted that had been archived: take it out of its bundle and of the warehouse. */
  | { readonly kind: 'erase'; readonly authorId: string; readonly postId: string };

const KINDS = ['start', 'walk', 'authors', 'erase'] as const;
const MONTH = /^\d{4}(0[1-9]|1[0-2])$/;
/** They become parts of the names of objects. */
const NAME = /^[A-Za-z0-9_-]{1,128}$/;

/** @throws MalformedMessage */
export function readArchiveMessage(body: unknown): ArchiveMessage {
  const members = membersOf(body);
  const kind = members.oneOf('kind', KINDS);
  const matching = (name: string, pattern: RegExp): string => {
    const value = members.text(name);
    if (pattern.test(value)) return value;
    throw new MalformedMessage(`${name} is not as it should be: ${value.slice(0, 100)}`);
  };
  switch (kind) {
    case 'start':
      return { kind };
    case 'walk':
      return {
        kind,
        before: matching('before', MONTH),
        segment: members.wholeNumber('segment'),
        segments: members.wholeNumber('segments'),
        from: members.optionalText('from'),
      };
    case 'authors': {
      const authorIds = members.texts('authorIds');
      if (!authorIds.every((id) => NAME.test(id))) throw new MalformedMessage('an id of an author is none');
      return {
        kind,
        before: matching('before', MONTH),
        part: matching('part', NAME),
        authorIds,
        after: members.optionalText('after'),
      };
    }
    case 'erase':
      return { kind, authorId: matching('authorId', NAME), postId: matching('postId', NAME) };
  }
}
