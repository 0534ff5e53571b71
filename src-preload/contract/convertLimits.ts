/** What conversion takes. */
export const convertLimits = {
	/** Characters of a text that is converted while one types. */
	textCharacters: 2_000_000,
	/** Bytes of a file that is read whole at the most; each format may have a lower limit of its own. */
	wholeBytes: 67_108_864,
	/** Bytes of one file: 16 GiB. */
	fileBytes: 17_179_869_184,
	/** Bytes that a file is sent and fetched in at a time: 8 MiB. */
	pieceBytes: 8_388_608,
	/** Files of one batch. */
	files: 2_000,
	/** Files that one call sends. */
	pieceFiles: 100,
	/** Notes of a report that are shown and kept; there is a count of all. */
	notes: 500,
	presets: 100,
} as const;
