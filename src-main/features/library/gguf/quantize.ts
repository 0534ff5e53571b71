/** Writes one row of values in a tensor type's format; both are whole blocks, `target` as many as `values`. */
export type RowEncoder = (values: Float32Array, target: DataView) => void;

const blockElements = 32;

function encodeQ8(values: Float32Array, target: DataView): void {
	for (let first = 0, at = 0; first < values.length; first += blockElements, at += 34) {
		const block = values.subarray(first, first + blockElements);
		let largest = 0;
		for (const value of block) largest = Math.max(largest, Math.abs(value));
		const scale = largest / 127;
		target.setFloat16(at, scale, true);
		for (const [i, value] of block.entries()) target.setInt8(at + 2 + i, scale === 0 ? 0 : Math.round(value / scale));
	}
}

function encodeQ4(values: Float32Array, target: DataView): void {
	for (let first = 0, at = 0; first < values.length; first += blockElements, at += 18) {
		const block = values.subarray(first, first + blockElements);
		let extreme = 0;
		for (const value of block) if (Math.abs(value) > Math.abs(extreme)) extreme = value;
		const scale = extreme / -8;
		const code = (i: number) => (scale === 0 ? 8 : Math.min(15, Math.floor((block[i] ?? 0) / scale + 8.5)));
		target.setFloat16(at, scale, true);
		for (let i = 0; i < blockElements / 2; i++) target.setUint8(at + 2 + i, code(i) | (code(i + blockElements / 2) << 4));
	}
}

/** How to store a row of numbers as each of the tensor types that the writer offers. */
export const rowEncoders: Record<'F32' | 'F16' | 'Q8_0' | 'Q4_0', { typeId: number; encode: RowEncoder }> = {
	F32: {
		typeId: 0,
		encode(values, target) {
			for (const [i, value] of values.entries()) target.setFloat32(i * 4, value, true);
		},
	},
	F16: {
		typeId: 1,
		encode(values, target) {
			for (const [i, value] of values.entries()) target.setFloat16(i * 2, value, true);
		},
	},
	Q4_0: { typeId: 2, encode: encodeQ4 },
	Q8_0: { typeId: 8, encode: encodeQ8 },
};
