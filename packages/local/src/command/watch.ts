import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Calls back when the folder of Terraform JSON has a new version. cdktf's manifest is written last, so that one file says
 * that the others are complete; a folder without a manifest is watched whole.
 */
export function watchTerraform(directory: string, onChange: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let seen = '';
  const check = async (): Promise<void> => {
    const version = await versionOf(directory);
    if (version === seen) return;
    seen = version;
    onChange();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), SETTLE_MILLISECONDS);
  };
  void versionOf(directory).then((version) => {
    seen = version;
  });
  const watcher: FSWatcher = watch(directory, (_event, file) => {
    if (file === null || file === 'manifest.json' || file.endsWith('.tf.json')) soon();
  });
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

/** Editors and builders touch a file several times within a few milliseconds. */
const SETTLE_MILLISECONDS = 15;

async function versionOf(directory: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(join(directory, 'manifest.json'));
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    // No manifest: every event counts.
    return `${Date.now()}/${Math.random()}`;
  }
}
