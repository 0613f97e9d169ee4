#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildCommand, startBuild } from './command/build.ts';
import { summaryOf } from './command/describePermissions.ts';
import { type CommandOptions, parseOptions, USAGE, UsageError } from './command/options.ts';
import { describeInventory, report } from './command/report.ts';
import { publishSite } from './command/site.ts';
import { seedWhenEmpty } from './command/seed.ts';
import { watchTerraform } from './command/watch.ts';
import { type ConsolePages, consolePages } from './server/pages.ts';
import { type LocalSystem, startLocal } from './system/start.ts';

const started = performance.now();
/** Until then the handlers' own lines, of which seeding makes hundreds, are left out. */
let announced = false;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') return console.log(USAGE);
  const build = options.build === null ? null : startBuild(options.build);
  await build?.firstBuilt;
  if (build) phase('synthesize', performance.now() - started);

  const pages = consolePages({
    cacheFolder: join(import.meta.dirname, '..', 'node_modules', '.cache'),
    operations: options.operations,
    users: options.users,
  });
  const system = await startOrWait(options, pages, build);
  process.once('SIGINT', () => void stop(system, build));
  process.once('SIGTERM', () => void stop(system, build));
  for (const line of describeInventory(system.inventory)) console.log(line);
  await seedWhenEmpty(system, options.seed);
  announced = true;
  watchTerraform(options.from, () => void reload(system));
  console.log(
    `AWS endpoint ${system.endpoints.aws}${options.dataDirectory ? `, keys in ${join(options.dataDirectory, 'credentials')}` : ''}`,
  );
  console.log(`started in ${seconds(performance.now() - started)}`);
  console.log(`ready ${system.url}`);
  // Without the page the API is as good as before.
  await Promise.all([pages.prepare().catch(report), publishSite(system, options.site).catch(report)]);
}

/** With a build that goes on watching, a mistake in the sources is waited out; without one it ends the command. */
async function startOrWait(
  options: CommandOptions,
  pages: ConsolePages,
  build: BuildCommand | null,
): Promise<LocalSystem> {
  for (;;) {
    try {
      return await start(options, pages);
    } catch (error) {
      report(error);
      if (!build || !existsSync(options.from)) process.exit(1);
      console.error('Waiting for the next change.');
      await new Promise<void>((resolve) => {
        const watcher = watchTerraform(options.from, () => {
          watcher.close();
          resolve();
        });
      });
    }
  }
}

function start(options: CommandOptions, pages: ConsolePages): Promise<LocalSystem> {
  return startLocal({
    from: options.from,
    port: options.port,
    awsPort: options.awsPort,
    dataDirectory: options.dataDirectory,
    throttle: options.throttle,
    layers: options.layers,
    pages: pages.find,
    onLog: (line, kind) => {
      if (kind !== 'info' || announced) console.log(line);
    },
    onPhase: phase,
  });
}

async function reload(system: LocalSystem): Promise<void> {
  const since = performance.now();
  try {
    await system.reload();
    console.log(`reloaded in ${seconds(performance.now() - since)}`);
  } catch (error) {
    report(error);
    console.error('The last good version goes on serving.');
  }
}

async function stop(system: LocalSystem, build: BuildCommand | null): Promise<void> {
  build?.stop();
  const granted = system.permissions();
  if (announced)
    console.log(
      summaryOf(
        granted.length,
        granted.filter(({ used }) => !used),
      ),
    );
  await system.close();
  process.exit(0);
}

function phase(name: string, milliseconds: number): void {
  console.log(`${name.padEnd(10)} ${seconds(milliseconds)}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

main().catch((error: unknown) => {
  report(error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exit(1);
});
