import { Refusal } from '#kernel';
import type { Post } from './answers.js';

/** A register at an address, asked with a bearer token where there is one. */
export class Elsewhere implements Post {
  private readonly base: string;

  /** @throws Refusal `USAGE` for what is no address. */
  constructor(
    url: string,
    private readonly token: string | undefined,
  ) {
    if (!/^https?:\/\/[^/\s]/.test(url) || !URL.canParse(url)) {
      throw new Refusal(
        'USAGE',
        `--url is ${JSON.stringify(url)}: needed an address, for example https://register.example.org`,
        {
          field: 'url',
        },
      );
    }
    this.base = url.replace(/\/+(graphql\/?)?$/, '');
  }

  post(path: string, body: string): Promise<string> {
    return this.fetched(path, { method: 'POST', body });
  }

  get(path: string): Promise<string> {
    return this.fetched(path, {});
  }

  private async fetched(path: string, request: { readonly method?: 'POST'; readonly body?: string }): Promise<string> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (this.token) headers.set('authorization', `Bearer ${this.token}`);
    let answer: Response;
    try {
      answer = await fetch(this.base + path, { ...request, headers });
    } catch (thrown) {
      const { cause } = thrown as { cause?: { code?: string } };
      throw new Refusal('UNAVAILABLE', `nobody answers at ${this.base}${cause?.code ? ` (${cause.code})` : ''}`, {
        field: 'url',
      });
    }
    const text = await answer.text();
    if (/^application\/(graphql-response\+)?json|^text\/plain/.test(answer.headers.get('content-type') ?? ''))
      return text;
    throw new Refusal('UNAVAILABLE', `${this.base} answers ${answer.status} and not as a register does`, {
      field: 'url',
      remedy: 'name the address of the register itself, without /playground or /graphql',
    });
  }
}
