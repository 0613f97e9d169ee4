import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** What a TLS server needs, and what its clients have to trust; all PEM. */
export interface Certificates {
  /** Of the server's certificate. */
  readonly key: string;
  readonly certificate: string;
  /** Of the local authority that signed it. */
  readonly authority: string;
}

/** Apple's systems take no certificate that is valid for longer, whoever signed it. */
const VALID_DAYS = 825;
const DAY = 24 * 60 * 60 * 1_000;

const ISSUER = [
  { name: 'commonName', value: 'Local authority of @hiroba/local' },
  { name: 'organizationName', value: 'Made on this machine, for this machine' },
];
const SUBJECT = [{ name: 'commonName', value: 'localhost' }];

/** Types of names in a certificate. https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
const DNS = 2;
const IP = 7;

/**
 * A certificate for this machine's own names, signed by an authority made for it alone: the authority's key is forgotten at once,
 * so nothing else can ever be signed by what a developer tells the browser to trust.
 */
export function makeCertificates(now: number): Certificates {
  const [authorityKeys, keys] = [makeKeys(), makeKeys()];
  const authority = unsigned(authorityKeys, now);
  authority.setSubject(ISSUER);
  authority.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const certificate = unsigned(keys, now);
  certificate.setSubject(SUBJECT);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: DNS, value: 'localhost' },
        { type: DNS, value: '*.localhost' },
        { type: DNS, value: '*.cloudfront.localhost' },
        { type: IP, ip: '127.0.0.1' },
        { type: IP, ip: '::1' },
      ],
    },
  ]);
  for (const one of [authority, certificate]) one.sign(authorityKeys.privateKey, forge.md.sha256.create());
  return {
    key: forge.pki.privateKeyToPem(keys.privateKey),
    certificate: forge.pki.certificateToPem(certificate),
    authority: forge.pki.certificateToPem(authority),
  };
}

interface Keys {
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly privateKey: forge.pki.rsa.PrivateKey;
}

/** By Node, since forge's own take a second. */
function makeKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { publicKey: forge.pki.publicKeyFromPem(publicKey), privateKey: forge.pki.privateKeyFromPem(privateKey) };
}

function unsigned({ publicKey }: Keys, now: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // Positive, whatever the first bit of the random ones.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - DAY);
  certificate.validity.notAfter = new Date(now + (VALID_DAYS - 1) * DAY);
  certificate.setIssuer(ISSUER);
  return certificate;
}

/** Whether they are good for another day. */
export function areValid({ certificate }: Certificates, now: number): boolean {
  const { validTo } = new X509Certificate(certificate);
  return Date.parse(validTo) - now > DAY;
}
