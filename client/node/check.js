// Lists, uploads and reads through a running server; ends with 0 when all of it is right.
//
//   node client/node/check.js HOST:PORT KEY-FILE BOOK

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';

import grpc from '@grpc/grpc-js';

import {connect} from './scriptorium-client.js';

const [address, keyFile, path] = process.argv.slice(2);
const client = connect(address, readFileSync(keyFile, 'ascii').trim());

const book = await client.upload(path);
assert.equal((await client.upload(path)).name, book.name, 'the same bytes are one book');
const ended = await client.wait(book.name);
assert.ok(['STATE_READABLE', 'STATE_ANALYZED'].includes(ended.state), ended.state);

const names = [];
for await (const each of client.books()) {
  names.push(each.name);
}
assert.ok(names.includes(book.name));

const chapter = await client.chapter(book.name, 1);
assert.equal([...chapter.text].length, chapter.code_points, 'offsets count code points');

const name = `${book.name}/progress`;
await client.call('reading', 'UpdateProgress', {name, offset: '11', device: 'node'});
assert.equal((await client.call('reading', 'GetProgress', {name})).position.offset, '11');

const stranger = connect(address, '');
await assert.rejects(stranger.call('catalog', 'GetBook', {name: book.name}), error =>
  error.code === grpc.status.UNAUTHENTICATED);
stranger.close();
client.close();
console.log(`Node: ${ended.title} read, ${chapter.code_points} code points of chapter 1`);
