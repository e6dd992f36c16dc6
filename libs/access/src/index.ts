export * from './authentication.js';
export * from './configuration.js';
export * from './configuration-table.js';
export * from './development.js';
export * from './disclosure.js';
export * from './oidc.js';
export * from './permissions.js';
export * from './roles.js';
