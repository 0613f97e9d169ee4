import type { Readable } from 'node:stream';
import type { Headers } from './canonicalRequest.ts';

/** What is known of a request before its body has arrived. */
export interface RequestHead {
  readonly method: string;
  /** As sent: percent-encoded, without the query. */
  readonly path: string;
  /** What follows the `?`, as sent; empty without one. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Headers;
}

export interface StreamedRequest extends RequestHead {
  /** May be left unread: whoever answers throws the rest away. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly sourceIp: string;
}

export interface StreamedReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

/**
 * A service whose bodies are no JSON documents. It reads and answers by its own protocol, and verifies, judges and refuses
 * by itself: the port asks it for nothing but whether a request is its own.
 */
export interface StreamedService {
  /** The signing name, as `s3`. */
  readonly name: string;
  /** Whether AWS has it, or a resource of it, under that name, as `photos.s3.us-east-1.amazonaws.com`. */
  ownsHost(host: string): boolean;
  takes(request: RequestHead): boolean;
  /** Never rejects for what a client sent. */
  handle(request: StreamedRequest): Promise<StreamedReply>;
}
