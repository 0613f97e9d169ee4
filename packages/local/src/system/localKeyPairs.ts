import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { PublicKeyOf, TrustedKey } from '../services/cloudfront/index.ts';
import type { Ssm } from '../services/ssm/index.ts';

/**
 * On AWS an operator makes the pair: Terraform gets the public half, and a parameter the private one. Here nobody has to: for
 * a public key whose comment names such a parameter a pair is made when there is no parameter yet, and its private half is
 * kept there. The public half is that of whatever is in the parameter.
 */
export interface LocalKeyPairs {
  provision(keys: readonly TrustedKey[]): void;
  readonly publicKeyOf: PublicKeyOf;
}

export function createLocalKeyPairs(
  ssm: Pick<Ssm, 'valueOf' | 'provision'>,
  log: (line: string) => void,
): LocalKeyPairs {
  const parsed = new Map<string, KeyObject>();
  /** Throws for a text that is no key. */
  function parse(pem: string, isPrivate: boolean): KeyObject {
    const known = parsed.get(pem);
    if (known) return known;
    // OpenSSL would take a private key for its public half by itself, but also a certificate.
    const key = isPrivate ? createPublicKey(createPrivateKey(pem)) : createPublicKey(pem);
    parsed.set(pem, key);
    return key;
  }

  return {
    provision(keys) {
      for (const { address, privateKeyParameter: name } of keys) {
        if (name === null || ssm.valueOf(name) !== null) continue;
        ssm.provision({
          name,
          address,
          type: 'SecureString',
          value: newPrivateKey(),
          description: `The private half of ${address}, made by @hiroba/local`,
          tier: 'Standard',
          keyArn: null,
          tags: {},
          keepsChanges: true,
        });
      }
    },
    publicKeyOf({ address, encodedKey, privateKeyParameter: name }) {
      const pem = name === null ? encodedKey : (ssm.valueOf(name) ?? '');
      try {
        return parse(pem, name !== null);
      } catch {
        const where = name === null ? `${address}.encoded_key` : `the parameter ${name}, which ${address} names,`;
        log(`${where} is no ${name === null ? 'public' : 'private'} key in PEM: nobody is let in with it`);
        return null;
      }
    },
  };
}

/** What CloudFront takes. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
const MODULUS_BITS = 2_048;

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey;
}
