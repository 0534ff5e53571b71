/** Room on the disk that a download counts on. */
export interface Reservation {
	/** Tells how much of it is still to be written. */
	shrinkTo(bytes: number): void;
	release(): void;
}

/**
 * Sees to it that the downloads that run at a time do not together promise themselves more room than the disk has.
 *
 * Node cannot have room set aside on a disk (there is no fallocate, and a file that is only made long has holes), so what each one has
 * still to write is kept count of here; other programs may take the room all the same, and a full disk is met where it is written to.
 */
export class RoomLedger {
	readonly #check: (neededBytes: number, reservedBytes: number) => Promise<void>;
	readonly #reserved = new Set<{ bytes: number }>();

	/** @param options.check throws DISK_FULL where the disk has no room for so much beside what is reserved. */
	constructor(options: { check: (neededBytes: number, reservedBytes: number) => Promise<void> }) {
		this.#check = options.check;
	}

	/** Reserves room for so many bytes. Throws DISK_FULL. */
	async reserve(bytes: number): Promise<Reservation> {
		const entry = { bytes };
		const others = [...this.#reserved].reduce((sum, each) => sum + each.bytes, 0);
		// Before the disk is asked, so that whoever asks meanwhile counts it in.
		this.#reserved.add(entry);
		try {
			await this.#check(bytes, others);
		} catch (error) {
			this.#reserved.delete(entry);
			throw error;
		}
		return {
			shrinkTo: (left) => {
				entry.bytes = Math.min(entry.bytes, left);
			},
			release: () => void this.#reserved.delete(entry),
		};
	}
}
