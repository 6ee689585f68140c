// Talks to a Scriptorium server from Node.js, with the .proto files of this repository.
//
//   import {connect} from './scriptorium-client.js';
//   const client = connect('127.0.0.1:7440', key);
//   const book = await client.upload('ebb.epub');

import {createReadStream} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const PROTOS = join(dirname(fileURLToPath(import.meta.url)), '../../proto/src/main/protobuf');
const SERVICES = {catalog: 'Catalog', reading: 'Reading', analysis: 'Analysis', identity: 'Identity'};
const CHUNK_BYTES = 256 * 1024;
const CALL_MILLIS = 30_000;

/**
 * Opens a connection.
 *
 * @param {string} address host:port
 * @param {string} key API key; empty for calls that need none
 * @param {grpc.ChannelCredentials} credentials TLS off loopback
 */
export function connect(address, key, credentials = grpc.credentials.createInsecure()) {
  const files = Object.keys(SERVICES).map(name => `scriptorium/v1/${name}.proto`);
  const described = loader.loadSync(files, {
    includeDirs: [PROTOS],
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const types = grpc.loadPackageDefinition(described).scriptorium.v1;
  const stubs = {};
  for (const [name, service] of Object.entries(SERVICES)) {
    stubs[name] = new types[service](address, credentials);
  }
  return new Client(stubs, key);
}

/** One connection for each service; every method answers with a promise. */
class Client {
  #stubs;
  #metadata = new grpc.Metadata();

  constructor(stubs, key) {
    this.#stubs = stubs;
    if (key) {
      this.#metadata.set('authorization', `Bearer ${key}`);
    }
  }

  close() {
    Object.values(this.#stubs).forEach(stub => stub.close());
  }

  /** Calls a method with one request and one answer, for example call('catalog', 'GetBook', {name}). */
  call(service, method, request) {
    return new Promise((resolve, reject) => {
      const options = {deadline: Date.now() + CALL_MILLIS};
      this.#stubs[service][method](request, this.#metadata, options, (error, answer) =>
        error ? reject(error) : resolve(answer));
    });
  }

  /** The books, page by page. */
  async *books() {
    let token = '';
    do {
      const page = await this.call('catalog', 'ListBooks', {page_token: token});
      yield* page.books;
      token = page.next_page_token;
    } while (token);
  }

  /** Uploads a file as fast as the server takes it; the book. */
  async upload(path) {
    let call;
    const answer = new Promise((resolve, reject) => {
      call = this.#stubs.catalog.UploadBook(this.#metadata, (error, response) =>
        error ? reject(error) : resolve(response.book));
    });
    call.write({header: {file_name: basename(path)}});
    for await (const chunk of createReadStream(path, {highWaterMark: CHUNK_BYTES})) {
      if (!call.write({chunk})) {
        await Promise.race([new Promise(ready => call.once('drain', ready)), answer]);
      }
    }
    call.end();
    return answer;
  }

  /** Follows an import until it has ended; the book as it is then. */
  async wait(book) {
    let last;
    for await (const update of this.#stubs.catalog.WatchBook({name: book}, this.#metadata)) {
      last = update.book;
    }
    return last;
  }

  /** A chapter with its text. */
  chapter(book, ordinal) {
    return this.call('catalog', 'GetChapter', {name: `${book}/chapters/${ordinal}`});
  }
}
