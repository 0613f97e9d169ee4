import { NotEmulated } from '../../../aws/error.ts';
import { compileJson } from './json.ts';
import { compileTerms } from './terms.ts';

export type MessageFilter = (message: string) => boolean;

/**
 * A filter pattern: terms, quoted phrases, or conditions on JSON. An empty one lets everything through.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * Throws `InvalidParameterException`, and `NotEmulated` for what is not emulated of it.
 */
export function compilePattern(pattern: string): MessageFilter {
  const text = pattern.trim();
  if (text.startsWith('[')) throw new NotEmulated('logs: a filter pattern of space-delimited fields');
  if (text.startsWith('%')) throw new NotEmulated('logs: a filter pattern with a regular expression');
  if (text.startsWith('{')) return compileJson(text.endsWith('}') ? text.slice(1, -1) : `${text.slice(1)} }`);
  return compileTerms(text);
}
