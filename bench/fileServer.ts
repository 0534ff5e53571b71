import { createHash, randomBytes } from 'node:crypto';
import { serve } from '../src-main/features/market/transfer/serveTransfers.test-support.ts';

/*
 * A server of one big file in a process of its own: bytes that repeat every so often, in a period that is no multiple of a block, so that
 * a block in a wrong place is seen. Prints its address, the sha256 and the bytes it has sent so far, as JSON, at the start and for each
 * line that it reads.
 */
const sizeBytes = Number(process.argv[2]);
const period = randomBytes(64 * 1_048_576 + 4099);
const twice = Buffer.concat([period, period]);
const read = (start: number, end: number) => twice.subarray(start % period.length, (start % period.length) + end - start);
const hash = createHash('sha256');
for (let at = 0; at < sizeBytes; at += period.length) hash.update(read(at, Math.min(at + period.length, sizeBytes)));
const sha256 = hash.digest('hex');
const everyMs = Number(process.argv[3] ?? 0);
const server = await serve({ sizeBytes, read }, ({ path }) => (everyMs > 0 && path === '/cdn' ? { kind: 'slow', pieceBytes: 1_048_576, everyMs } : null));
const tell = () => console.log(JSON.stringify({ url: server.url, sha256, sentBytes: server.sentBytes() }));
process.stdin.on('data', tell).on('end', () => process.exit());
tell();
