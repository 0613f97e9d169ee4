import { createHash } from 'node:crypto';
import { CloudfrontKeyGroup, CloudfrontPublicKey } from '../aws.ts';
import { parameterName } from '../parameters.ts';
import type { Stack } from '../stacks/stack.ts';

export interface ViewerKeys {
  /** What cookies name as their `Key-Pair-Id`. */
  readonly publicKey: CloudfrontPublicKey;
  /** What behaviours trust. */
  readonly group: CloudfrontKeyGroup;
}

/** Refused by CloudFront, and told of before by `npm run deploy`. */
const NO_KEY = 'HIROBA_CDN_PUBLIC_KEY was not set';

/**
 * The key that cookies of members are signed with. A person makes the pair and writes the private half into a parameter. The
 * local runtime makes its own for a key whose comment ends like this one, whatever key is here.
 */
export function viewerKeys(stack: Stack): ViewerKeys {
  const { namePrefix, cdnPublicKey: encodedKey = NO_KEY } = stack.config;
  // A key is never changed: another one is made under another name, and trusted before this one goes.
  const fingerprint = createHash('sha256').update(encodedKey).digest('hex').slice(0, 8);
  const publicKey = new CloudfrontPublicKey(stack, 'members', {
    name: stack.named(`members-${fingerprint}`),
    comment: `Private key: parameter ${parameterName(namePrefix, 'cdnPrivateKey')}`,
    encodedKey,
    lifecycle: { createBeforeDestroy: true },
  });
  const group = new CloudfrontKeyGroup(stack.group('key groups'), 'members', {
    name: stack.named('members'),
    comment: 'Whose cookies open photos for members',
    items: [publicKey.id],
  });
  return { publicKey, group };
}
