import { LOG_FORMAT } from '#event-store';
import { ENGINE } from '#register';
import { VERSION } from './project.js';

/** Release and layouts: what has to fit where programs share a register, or a backup is put back. */
export const versionText = (): string =>
  `register ${VERSION}, log format ${LOG_FORMAT}, views engine ${ENGINE}, Node ${process.versions.node}`;
