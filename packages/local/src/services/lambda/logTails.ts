import { LOG_TAIL_BYTES } from './limits.ts';
import type { LogLine } from './sandbox.ts';

/** What invocations with `LogType: Tail` want to see of the log. */
export interface LogTails {
  begin(requestId: string): void;
  add(line: LogLine): void;
  /** The last 4 KB, in base64, as the header `X-Amz-Log-Result` carries them. */
  read(requestId: string): string;
  end(requestId: string): void;
}

export function createLogTails(): LogTails {
  const lines = new Map<string, string[]>();
  return {
    begin: (requestId) => void lines.set(requestId, []),
    add(line) {
      if (line.requestId !== null) lines.get(line.requestId)?.push(formatLine(line));
    },
    read: (requestId) =>
      Buffer.from((lines.get(requestId) ?? []).join(''))
        .subarray(-LOG_TAIL_BYTES)
        .toString('base64'),
    end: (requestId) => void lines.delete(requestId),
  };
}

const formatLine = ({ requestId, level, message }: LogLine): string => `${requestId ?? ''}\t${level}\t${message}\n`;
