/** The number types of a GGUF file's metadata. */
export type GgufNumberType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'uint64' | 'int64' | 'float64';

/** One value of a GGUF file's metadata, with the type it is written as. */
export type GgufValue =
	| { type: GgufNumberType; value: number }
	| { type: 'bool'; value: boolean }
	| { type: 'string'; value: string }
	| { type: 'array'; of: GgufNumberType; values: readonly number[] }
	| { type: 'array'; of: 'string'; values: readonly string[] }
	| { type: 'array'; of: 'bool'; values: readonly boolean[] };

/** The number by which a GGUF file names each type of value. */
export const ggufTypeIds = {
	uint8: 0,
	int8: 1,
	uint16: 2,
	int16: 3,
	uint32: 4,
	int32: 5,
	float32: 6,
	bool: 7,
	string: 8,
	array: 9,
	uint64: 10,
	int64: 11,
	float64: 12,
} as const;
