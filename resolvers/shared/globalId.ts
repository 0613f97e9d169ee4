import { util } from '@aws-appsync/utils';
import { decodeBase64Url, encodeBase64Url } from './base64url';
import { invalidArgument } from './errors.ts';
import { isHashtag } from './text.ts';

/**
 * A global id is base64url, without padding, of the type's name, a colon, and the parts of the full key joined by
 * colons: `Post:<postId>`, `User:<sub>`, `Comment:<postId>:<commentId>`, `Photo:<photoId>`, `Hashtag:<name>`,
 * `Notification:<userId>:<notificationId>`, `Report:<ulid>`, `ModerationCase:<ulid>`, `Job:<ulid>`. No part holds a
 * colon.
 */
export type NodeReference = { type: NodeType; key: string[] };

export type NodeType =
  'Post' | 'User' | 'Comment' | 'Photo' | 'Hashtag' | 'Notification' | 'Report' | 'ModerationCase' | 'Job';

const keyParts: Record<string, number> = {
  Post: 1,
  User: 1,
  Comment: 2,
  Photo: 1,
  Hashtag: 1,
  Notification: 2,
  Report: 1,
  ModerationCase: 1,
  Job: 1,
};

export function globalId(type: NodeType, key: string[]): string {
  return encodeBase64Url(`${type}:${key.join(':')}`);
}

/** Table keys give meaning to `#`, so only notification ids, which are read in the viewer's own partition, may hold one. */
function isKeyPart(type: NodeType, part: string): boolean {
  switch (type) {
    case 'Hashtag':
      return isHashtag(part);
    case 'Notification':
      return util.matches('^[A-Za-z0-9#-]{1,128}$', part);
    default:
      return util.matches('^[A-Za-z0-9_-]{1,64}$', part);
  }
}

/** Ends the request with InvalidArgument for an id that globalId cannot have made. */
export function parseGlobalId(id: string, argument: string): NodeReference {
  const text = decodeBase64Url(id) ?? '';
  const parts = text.split(':');
  const type = parts[0] as NodeType;
  const expected = Object.hasOwn(keyParts, type) ? (keyParts[type] as number) : 0;
  const key = parts.slice(1);
  if (expected === 0 || key.length !== expected || !key.every((part) => isKeyPart(type, part))) {
    invalidArgument(`${argument}: '${id}' is not an id of this service`);
  }
  return { type, key };
}

/** The key parts of an id that must be of one type. */
export function keyOf(type: NodeType, id: string, argument: string): string[] {
  const reference = parseGlobalId(id, argument);
  if (reference.type !== type) {
    invalidArgument(`${argument}: '${id}' is the id of a ${reference.type}, not of a ${type}`);
  }
  return reference.key;
}

/** The only key part of an id of a type that has one. */
export function soleKeyOf(type: NodeType, id: string, argument: string): string {
  return keyOf(type, id, argument)[0] as string;
}
