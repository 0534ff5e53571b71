import { crc32 } from 'node:zlib';

/**
 * Packs files into a ZIP archive without compressing them (APPNOTE.TXT 6.3.10, 4.3).
 *
 * The libraries that read documents unpack archives themselves and without a limit. They are handed what `ZipArchive` has unpacked within
 * one, in an archive that can be nothing else.
 */
export function packStored(files: ReadonlyMap<string, Uint8Array>): Buffer<ArrayBuffer> {
	const parts: Uint8Array[] = [];
	const list: Uint8Array[] = [];
	let offset = 0;
	for (const [name, content] of files) {
		const nameBytes = Buffer.from(name);
		// Version 2.0, names in UTF-8, stored, the first day that the format knows.
		const shared = Buffer.alloc(26);
		shared.writeUInt16LE(20, 0);
		shared.writeUInt16LE(0x0800, 2);
		shared.writeUInt16LE(0x21, 8);
		shared.writeUInt32LE(crc32(content), 10);
		shared.writeUInt32LE(content.length, 14);
		shared.writeUInt32LE(content.length, 18);
		shared.writeUInt16LE(nameBytes.length, 22);
		parts.push(Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, content);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(offset, 10);
		list.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, nameBytes);
		offset += 30 + nameBytes.length + content.length;
	}
	const listed = Buffer.concat(list);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(files.size, 8);
	end.writeUInt16LE(files.size, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, listed, end]);
}
