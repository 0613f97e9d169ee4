/** Of a system that was started with `npm start`: its keys are made at random for each data folder, so it is asked for them. */
export const localConfig = {
  js: `export const LOCAL_CONFIG_URL = 'http://localhost:4000/config.json';

/** What a client needs to reach a system on this machine; \`amplify\` is the argument of Amplify.configure. */
export async function localConfig(url = LOCAL_CONFIG_URL) {
  let answer;
  try {
    answer = await fetch(url);
  } catch (cause) {
    throw new Error(\`Nothing answers at \${url}: start Hiroba with npm start.\`, { cause });
  }
  if (!answer.ok) throw new Error(\`\${url} answers \${answer.status}: is it Hiroba that listens there?\`);
  return answer.json();
}
`,
  dts: `export declare const LOCAL_CONFIG_URL: string;

export interface LocalConfig {
  readonly endpoint: string;
  readonly realtimeUrl: string;
  readonly region: string;
  readonly apiKey: string | null;
  readonly userPoolId: string | null;
  readonly userPoolClientId: string | null;
  readonly identityPoolId: string | null;
  readonly loginUrl: string | null;
  readonly awsEndpoint: string;
  readonly amplify: object;
}

export declare function localConfig(url?: string): Promise<LocalConfig>;
`,
} as const;
