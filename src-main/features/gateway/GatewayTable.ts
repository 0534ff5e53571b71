import { eq } from 'drizzle-orm';
import { defaultGatewaySettings, type GatewaySettings } from '#contract/gateway.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { gatewaySetting } from './schema.ts';

/** The id of the one row. */
const id = 'machine';

/** What is kept of the gateway: how it is set, and the certificate it proves itself with. */
export interface KeptGateway {
	settings: GatewaySettings;
	certificate: { pem: string; isSelfMade: boolean } | null;
}

/** Reads and stores how the gateway is set. */
export class GatewayTable {
	readonly #db: Db;

	constructor(db: Db) {
		this.#db = db;
	}

	read(): KeptGateway {
		const row = this.#db.select().from(gatewaySetting).where(eq(gatewaySetting.id, id)).get();
		if (!row) return { settings: defaultGatewaySettings, certificate: null };
		const { certificate, isSelfMade, id: _, ...settings } = row;
		return { settings, certificate: certificate === null ? null : { pem: certificate, isSelfMade } };
	}

	/** Stores what is named. */
	change(changes: Partial<GatewaySettings>): void {
		this.#store((kept) => ({ ...kept, settings: { ...kept.settings, ...changes } }));
	}

	setCertificate(certificate: KeptGateway['certificate']): void {
		this.#store((kept) => ({ ...kept, certificate }));
	}

	#store(change: (kept: KeptGateway) => KeptGateway): void {
		immediate(this.#db, (tx) => {
			const { settings, certificate } = change(this.read());
			const row = { ...settings, certificate: certificate?.pem ?? null, isSelfMade: certificate?.isSelfMade ?? true };
			tx.insert(gatewaySetting)
				.values({ id, ...row })
				.onConflictDoUpdate({ target: gatewaySetting.id, set: row })
				.run();
		});
	}
}
