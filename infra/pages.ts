import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SynthError, type Problem } from './synthError.ts';

/** The texts of the service itself, `Query.page`: Markdown by the name of its file, which is its key in the bucket. */
export type Pages = ReadonlyMap<string, string>;

const FOLDER = 'pages';
/** As the contract has it: `help.md` in English, `help.ja.md` in Japanese. */
const NAME = /^[a-z0-9-]{1,64}(\.ja)?\.md$/;
const MAX_BYTES = 65_536;

/**
 * The files of `pages/`; none when there is no such folder.
 * @throws SynthError for a name that no slug leads to, and for a text that is longer than the contract says or holds HTML.
 */
export function readPages(root: string): Pages {
  const texts = filesIn(root).map((file) => [file, readFileSync(join(root, FOLDER, file), 'utf8')] as const);
  const problems = texts.flatMap(([file, text]) => problemsOf(file, text));
  if (problems.length > 0) throw new SynthError(problems);
  return new Map(texts);
}

function filesIn(root: string): string[] {
  try {
    return readdirSync(join(root, FOLDER)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function problemsOf(name: string, text: string): Problem[] {
  const file = `${FOLDER}/${name}`;
  if (!NAME.test(name)) {
    return [{ message: 'is no page: name it with a-z, 0-9 and -, ending in .md or .ja.md', at: { file } }];
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) return [{ message: `has ${bytes} bytes and the contract says ${MAX_BYTES}`, at: { file } }];
  return text.split('\n').flatMap((line, index) => {
    const column = line.search(/<\/?[a-z!]/i) + 1;
    return column > 0
      ? [{ message: 'holds HTML, which clients do not show', at: { file, line: index + 1, column } }]
      : [];
  });
}
