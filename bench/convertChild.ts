// Converts the records of one file into another, in a process of its own so that its memory can be told.
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NoteBook } from '../src-main/platform/formats/NoteBook.ts';
import { convertRecords } from '../src-main/platform/formats/records/convertRecords.ts';
import type { RecordFormat } from '../src-main/platform/formats/records/RecordReader.ts';

// The formats' names are the bench's own.
const [from, to, source = '', result = ''] = process.argv.slice(2) as [RecordFormat, RecordFormat, string, string];
const started = performance.now();
await pipeline(Readable.from(convertRecords(() => createReadStream(source), { from, to }, new NoteBook())), createWriteStream(result));
process.stdout.write(JSON.stringify({ seconds: (performance.now() - started) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }));
