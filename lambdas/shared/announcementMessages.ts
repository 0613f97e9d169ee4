import { membersOf, MalformedMessage } from './messages.ts';

/** Everyone is to be told of an announcement. */
export interface AnnouncementStart {
  readonly kind: 'start';
  /** The ULID. */
  readonly announcementId: string;
}

/** A page of the members of one segment of the table `users` is to be told. */
export interface AnnouncementPage {
  readonly kind: 'page';
  readonly announcementId: string;
  readonly segment: number;
  readonly segments: number;
  /** The key after which it begins. */
  readonly after?: string | undefined;
}

/** What the queue of the function `announcements` carries. */
export type AnnouncementMessage = AnnouncementStart | AnnouncementPage;

/** @throws MalformedMessage */
export function readAnnouncementMessage(body: unknown): AnnouncementMessage {
  const read = membersOf(body);
  const kind = read.oneOf('kind', ['start', 'page']);
  const announcementId = read.text('announcementId');
  if (kind === 'start') return { kind, announcementId };
  const [segment, segments] = [read.wholeNumber('segment'), read.wholeNumber('segments')];
  if (segment < 0 || segment >= segments) throw new MalformedMessage('segment is none of the segments');
  return { kind, announcementId, segment, segments, after: read.optionalText('after') };
}
