import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventId, sha256Hex, uuid5 } from './event-id.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('naming an event', () => {
  it('makes the UUID of RFC 9562, appendix A.4', () => {
    expect(uuid5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('throws at a namespace that is no UUID', () => {
    expect(() => uuid5('6ba7b810', 'www.example.com')).toThrow('not a UUID');
  });

  it('is the same for the same command and place, for ever', () => {
    expect(eventId('command-1', 0)).toBe('d2a0bda1-36cb-54a3-be09-94842376a482');
    expect(eventId('command-1', 1)).not.toBe(eventId('command-1', 0));
    expect(eventId('command-1/1', 0)).not.toBe(eventId('command-1', 10));
  });

  it('takes names beyond ASCII as UTF-8', () => {
    expect(uuid5(DNS, 'é😀')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid5(DNS, 'é')).not.toBe(uuid5(DNS, 'e\u0301'));
  });

  it('is of all of the namespace and the name and nothing else, however long, one after the other', () => {
    const space = Buffer.from(DNS.replaceAll('-', ''), 'hex');
    for (const unit of ['a', 'é', '€', '😀']) {
      for (const times of [2_000, 340, 336, 335, 168, 1, 0]) {
        const name = unit.repeat(times);
        const hex = hash('sha1', Buffer.concat([space, Buffer.from(name)]));
        expect(uuid5(DNS, name).replaceAll('-', '').slice(0, 12)).toBe(hex.slice(0, 12));
      }
    }
  });
});

describe('hashing a text', () => {
  it('is SHA-256 of its UTF-8 bytes', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
