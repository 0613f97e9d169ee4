import type { Clock } from '../../../../clock.ts';
import type { Random } from '../../../../random.ts';
import type { Capabilities } from './bridge.ts';
import { identifiers } from './identifiers.ts';
import { regexMatches, regexReplace } from './javaRegex.ts';
import { textCapabilities } from './text.ts';
import { timeCapabilities } from './time/capabilities.ts';
import { xmlToMap } from './xml.ts';

/** Everything that the library cannot or should not do inside the sandbox. */
export function createCapabilities(options: { readonly clock: Clock; readonly random: Random }): Capabilities {
  return {
    ...identifiers(options),
    ...textCapabilities,
    ...timeCapabilities(options.clock),
    regexMatches: (pattern, text) => regexMatches(textArgument(pattern), textArgument(text)),
    regexReplace: (text, pattern, replacement, all) =>
      regexReplace(textArgument(text), textArgument(pattern), {
        replacement: textArgument(replacement),
        all: all === true,
      }),
    xmlToMap: (text) => xmlToMap(textArgument(text)),
  };
}

/** Java methods that take a String get the text of numbers and booleans, too. */
export function textArgument(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
}
