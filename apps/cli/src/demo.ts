import { dirname, join } from 'node:path';
import { Refusal, type Actor } from '#kernel';
import type { EventStore } from '#event-store';
import { importFiles } from './import/import.js';
import { Place } from './import/place.js';
import { totalOf, type Report } from './import/report.js';
import { SAMPLE } from './project.js';

/** One part of the sample: files that go in together. */
interface Part {
  readonly files: readonly string[];
  readonly mappings: readonly string[];
}

/**
 * Loads the sample register: the parts that `examples/sample.yaml` lists, in its order, through the same import as any
 * other data. Loading it again adds nothing.
 *
 * @param onProgress rows done, of the part's rows, and the part's first file.
 */
export const loadSample = async (
  store: EventStore,
  actor: Actor,
  onProgress?: (done: number, all: number, file: string) => void,
): Promise<Report> => {
  const reports: Report[] = [];
  for (const { files, mappings } of sampleParts(SAMPLE)) {
    const [first = ''] = files;
    reports.push(
      await importFiles(store, actor, { files, mappings, onProgress: (done, all) => onProgress?.(done, all, first) }),
    );
  }
  const files = reports.flatMap((report) => report.files);
  const refusals = reports.flatMap((report) => report.refusals);
  const notes = reports.flatMap((report) => report.notes);
  return { files, total: totalOf(files), refusals, notes, position: reports.at(-1)?.position ?? -1 };
};

/** The parts that a list names, with paths beside the list itself. @throws Refusal `MAPPING` naming line and key. */
export const sampleParts = (list: string): readonly Part[] => {
  const folder = dirname(list);
  const place = Place.ofFile(list);
  if (!place.isList) throw new Refusal('MAPPING', `${list} is not a list: needed "- files: […]" with their mappings`);
  return place.items().map((item) => {
    item.object(['files', 'mappings', 'about']);
    return {
      files: item
        .required('files', 'the files of the part')
        .texts()
        .map((file) => join(folder, file)),
      mappings: (item.optional('mappings')?.texts() ?? []).map((file) => join(folder, file)),
    };
  });
};
