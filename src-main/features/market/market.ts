import { z } from 'zod';
import type { LoadWishes, PlanVerdict } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import type { CatalogEntry, Download, RemoteEntry, RemoteFile, RemoteModel, RemoteSource, RemoteVerdict } from '#contract/market.ts';
import type { Settings } from '#contract/settings.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { ConnectionRecord } from '../../platform/network/HopRecord.ts';
import type { Network } from '../../platform/network/Network.ts';
import type { Secrets } from '../../platform/secrets/Secrets.ts';
import type { Engine } from '../engine/engine.ts';
import type { Library } from '../library/library.ts';
import { planGgufOf, readCatalog } from './catalog.ts';
import { DownloadJobs, downloadKindName, repairKindName } from './DownloadJobs.ts';
import { downloadKind } from './downloadKind.ts';
import { bytesOf, type DownloadSpec, sha256sOf } from './downloadSpec.ts';
import type { FoundFile, FoundModel, PartAddress } from './foundModel.ts';
import { HuggingFace } from './HuggingFace.ts';
import { LiveFigures } from './LiveFigures.ts';
import { Ollama } from './Ollama.ts';
import { PartsFolder } from './PartsFolder.ts';
import { RecentModels } from './RecentModels.ts';
import { RoomLedger } from './RoomLedger.ts';
import { readOllamaName } from './readOllamaName.ts';
import { type RemoteHeader, readRemoteHeader } from './readRemoteHeader.ts';
import { refusalOf } from './refusalOf.ts';
import { shorten } from './remoteNames.ts';
import { measureDamage, repairKind } from './repairKind.ts';
import { repairFile, type TransferOptions, transfer } from './transfer/transfer.ts';
import { watchDownloads } from './watchDownloads.ts';

const tokenName = 'huggingFaceToken';
const keptHeaders = 200;

export interface MarketOptions {
	db: Db;
	jobs: JobRunner;
	library: Library;
	engine: Pick<Engine, 'judge' | 'isInUse' | 'usableBy'>;
	network: Network;
	secrets: Secrets;
	/** The machine's, asked anew each time. */
	settings: () => Settings;
	downloadsFolder: string;
	transferWorker: string;
	/** Told of each server that a download asked, when its answer is over. */
	onConnection?: (record: ConnectionRecord) => void;
	catalogFile: string;
	log: Logger;
}

/** One file of a model as a caller names it. `revision` is that of the list it was chosen from. */
export interface ChosenFile {
	source: RemoteSource;
	name: string;
	revision: string;
	fileId: string;
}

/**
 * Where models are found, judged and fetched: Hugging Face and the registry of Ollama.
 *
 * What may be relied on: a file gets into the library only with the very bytes that its source names a checksum of; what a server
 * says becomes no path and no address before it was checked; the access token goes to the endpoint of Hugging Face alone.
 */
export class Market {
	readonly #options: MarketOptions;
	readonly #huggingFace: HuggingFace;
	readonly #ollama: Ollama;
	readonly #parts: PartsFolder;
	readonly #downloads: DownloadJobs;
	readonly #live = new LiveFigures();
	readonly #room: RoomLedger;
	readonly #recent = new RecentModels();
	/** By the checksum of the first part. */
	readonly #headers = new Map<string, RemoteHeader>();
	readonly #stopListening: () => void;

	constructor(options: MarketOptions) {
		this.#options = options;
		const { db, jobs, library, network, secrets, settings, downloadsFolder: folder, log, engine } = options;
		this.#huggingFace = new HuggingFace({ network, endpoint: () => settings().hubEndpoint, token: () => secrets.get(tokenName) });
		this.#ollama = new Ollama({ network, endpoint: () => settings().registryEndpoint });
		this.#parts = new PartsFolder({ folder, log });
		this.#downloads = new DownloadJobs(db, this.#parts);
		this.#room = new RoomLedger({ check: (neededBytes, promisedBytes) => checkRoom(folder, { neededBytes, promisedBytes }) });
		jobs.register(
			downloadKind({
				library,
				parts: this.#parts,
				live: this.#live,
				reserve: (bytes) => this.#room.reserve(bytes),
				atOnce: () => settings().downloadsAtOnce,
				addressOf: (source, part) => this.#addressOf(source, part),
				transfer: ({ part: { sizeBytes, checksum }, address, fileName, partFile }, watch) =>
					transfer({ ...address, sizeBytes, checksum, fileName, partFile }, this.#transferOptions(watch)),
				ended: () => this.#sweep(),
			}),
		);
		jobs.register(
			repairKind({
				library,
				live: this.#live,
				isInUse: (modelId) => engine.isInUse(modelId),
				addressOf: (origin, position) => this.#addressOfOrigin(origin, position),
				repair: ({ address, ...task }, watch) => repairFile({ ...address, ...task }, this.#transferOptions(watch)),
			}),
		);
		this.#stopListening = jobs.onChange(({ kind, state, failure: reason, dismissed }) => {
			// It may have gone online while the job was on its way to stand still.
			if (state === 'paused' && reason?.code === 'OFFLINE') this.#goOnOnline();
			if (kind === downloadKindName && (state === 'completed' || state === 'cancelled' || dismissed)) this.#sweep();
		});
		this.#sweep();
	}

	/** The models that Homeroom knows of by itself, each with how it would fit now. Of those in the library it names what the caller may use. */
	async catalog(callerId: string): Promise<{ entry: CatalogEntry; verdict: PlanVerdict | null; modelId: string | null }[]> {
		const mayUse = this.#options.engine.usableBy(callerId);
		const models = this.#options.library.list().filter(({ id }) => mayUse(id));
		return Promise.all(
			readCatalog(this.#options.catalogFile).map(async (entry) => {
				const gguf = planGgufOf(entry);
				const verdict = gguf && (await this.#options.engine.judge(callerId, gguf, {}));
				return { entry, verdict, modelId: models.find((model) => isOfEntry(model, entry))?.id ?? null };
			}),
		);
	}

	/** Repositories of Hugging Face by words. */
	search(asked: { query: string; sort: 'trending' | 'downloads' | 'likes' | 'recent'; skip: number }): Promise<{ entries: RemoteEntry[]; more: boolean }> {
		return this.#huggingFace.search(asked);
	}

	/** One model with its files; a name in the way of Ollama may be a repository of Hugging Face (`hf.co/…`), and is answered as that. */
	async show(callerId: string, { source, name }: { source: RemoteSource; name: string }): Promise<RemoteModel> {
		const found = await this.#find(source, name, null);
		return { ...found, files: await Promise.all(found.files.map((file) => this.#withHere(callerId, file))) };
	}

	/** How loading a file would go, told by its header where it is. */
	async plan(callerId: string, chosen: ChosenFile & { wishes: LoadWishes }): Promise<RemoteVerdict> {
		const { model, file } = await this.#choose(chosen);
		const key = file.parts[0]?.checksum ?? `${model.name} ${model.revision} ${file.id}`;
		const header = this.#headers.get(key) ?? (await this.#readHeader(model, file));
		this.#headers.set(key, header);
		const [oldest] = this.#headers.keys();
		if (this.#headers.size > keptHeaders && oldest !== undefined) this.#headers.delete(oldest);
		return { verdict: await this.#options.engine.judge(callerId, header.facts, chosen.wishes), basis: header.exact ? 'header' : 'estimate' };
	}

	/**
	 * Queues the download of a file, with a picture part where one is named, and answers with its job; the same bytes are fetched once,
	 * so what is on its way already answers with that job, and a failed one is begun again.
	 *
	 * Throws MODEL_EXISTS where the library has all of it, NO_CHECKSUM, DISK_FULL, GATED and the network's failures.
	 */
	async download(ownerId: string, chosen: ChosenFile & { projectorId: string | null }): Promise<Job> {
		const { model, file } = await this.#choose(chosen);
		const projector = chosen.projectorId === null ? null : fileOf(model, chosen.projectorId);
		const wanted = [file, ...(projector ? [projector] : [])];
		for (const each of wanted) refuseUnverifiable(each);
		const missing = wanted.filter((each) => !this.#isHere(each));
		if (missing.length === 0) throw this.#exists(file);
		const spec = specOf(model, missing);
		const underWay = this.#underWay(spec);
		if (underWay) return underWay;
		await this.#refuseLocked(model, missing[0] ?? file);
		await this.#refuseWithoutRoom(spec);
		// Another window may have asked for it meanwhile; from here on nothing comes in between.
		return this.#underWay(spec) ?? this.#options.jobs.enqueue({ kind: downloadKindName, ownerId, title: titleOf(model, missing), spec });
	}

	/** Queues the repair of a damaged model. Throws NOT_FOUND, NOT_REPAIRABLE, MODEL_IN_USE. */
	repair(ownerId: string, modelId: string): Job {
		const { library, engine, jobs } = this.#options;
		const model = library.get(modelId);
		const bytes = measureDamage(model, library.filesOf(modelId));
		if (engine.isInUse(modelId)) throw failure('MODEL_IN_USE', { name: model.name });
		return jobs.enqueue({ kind: repairKindName, ownerId, title: model.name, spec: { modelId, bytes } });
	}

	/** All downloads and repairs of an owner, now and after changes at most four times a second. */
	watch(ownerId: string, signal?: AbortSignal): AsyncIterable<Download[]> {
		return watchDownloads(ownerId, { jobs: this.#options.jobs, downloads: this.#downloads, live: this.#live }, signal);
	}

	/** Asks a source whether it is there, and for whom the token is. */
	async testConnection(source: RemoteSource): Promise<{ roundTripMs: number; account: string | null }> {
		const startedAt = performance.now();
		const account = source === 'huggingface' ? await this.#huggingFace.account() : await this.#ollama.check().then(() => null);
		return { roundTripMs: Math.round(performance.now() - startedAt), account };
	}

	/** Whether an access token is kept, and where. */
	token(): { isSet: boolean; keptIn: 'keychain' | 'file' } {
		const { secrets } = this.#options;
		return { isSet: secrets.isSet(tokenName), keptIn: secrets.keptIn(tokenName) };
	}

	/** Keeps the access token, or forgets it. */
	setToken(token: string | null): void {
		this.#options.secrets.set(tokenName, token);
		this.#recent.clear();
	}

	/** To be called when a setting changed: more downloads may run now, another endpoint may be asked, and what waited to go online goes on. */
	settingsChanged(): void {
		this.#goOnOnline();
		this.#options.jobs.refill();
	}

	/** Stops listening to the jobs, whose runner stops those that run. */
	close(): void {
		this.#stopListening();
	}

	async #find(source: RemoteSource, name: string, revision: string | null): Promise<FoundModel> {
		const { hubEndpoint, registryEndpoint } = this.#options.settings();
		const named = source === 'ollama' ? readOllamaName(name) : ({ kind: 'huggingface', repo: name } as const);
		if (named.kind === 'registry') return this.#recent.get(`${registryEndpoint} ${named.name}`, revision, () => this.#ollama.show(named));
		return this.#recent.get(`${hubEndpoint} ${named.repo}`, revision, () => this.#huggingFace.show(named.repo, revision));
	}

	async #choose({ source, name, revision, fileId }: ChosenFile): Promise<{ model: FoundModel; file: FoundFile }> {
		const model = await this.#find(source, name, revision === '' ? null : revision);
		return { model, file: fileOf(model, fileId) };
	}

	async #readHeader(model: FoundModel, file: FoundFile): Promise<RemoteHeader> {
		const { network, library } = this.#options;
		const address = this.#addressOf(model.source, { name: model.name, revision: model.revision, path: file.parts[0]?.path ?? file.id });
		return readRemoteHeader(file, { network, library, address, name: model.name });
	}

	/** What this machine has of a file. */
	async #withHere(callerId: string, file: FoundFile): Promise<RemoteFile> {
		const sums = sha256sOf(file.parts);
		const { library, engine } = this.#options;
		const model = sums && library.findBySha256(sums);
		const isVisible = model && engine.usableBy(callerId)(model.id);
		return { ...file, modelId: isVisible ? model.id : null, stored: sums && !model ? await library.findStored(sums) : null };
	}

	#isHere(file: FoundFile): boolean {
		const sums = sha256sOf(file.parts);
		// One whose files are missing or damaged can be had anew.
		return sums !== null && this.#options.library.findBySha256(sums)?.fileState === 'present';
	}

	#exists(file: FoundFile) {
		const model = this.#options.library.findBySha256(sha256sOf(file.parts) ?? []);
		return failure('MODEL_EXISTS', { modelId: model?.id ?? '', name: model?.name ?? file.fileName });
	}

	/** The job that fetches the same already. */
	#underWay(spec: DownloadSpec): Job | null {
		const { jobs } = this.#options;
		const found = this.#downloads.find(spec.bundles);
		if (!found) return null;
		return found.state === 'failed' ? jobs.retry(found.ownerId, found.id) : jobs.get(found.ownerId, found.id);
	}

	async #refuseWithoutRoom(spec: DownloadSpec): Promise<void> {
		const kept = spec.bundles.flatMap(({ parts }) => parts).reduce((sum, part) => sum + this.#parts.keptBytes(part), 0);
		const room = await this.#room.reserve(bytesOf(spec) - kept);
		room.release();
	}

	/** Asks for one byte of a file that needs leave, so that who has none learns it now. Throws GATED, TOKEN_INVALID. */
	async #refuseLocked(model: FoundModel, file: FoundFile): Promise<void> {
		if (model.access === 'open') return;
		const address = this.#addressOf(model.source, { name: model.name, revision: model.revision, path: file.parts[0]?.path ?? file.id });
		if (address.token === undefined) throw failure('GATED', { name: model.name, reason: 'tokenNeeded' });
		const response = await this.#options.network.request({ ...address, purpose: 'facts', headers: { range: 'bytes=0-0' } });
		if (response.status >= 400) throw await refusalOf(response, { name: model.name, hasToken: true, now: Date.now() });
		response.discard();
	}

	#addressOf(source: RemoteSource, part: { name: string; revision: string; path: string }): PartAddress {
		return source === 'huggingface' ? this.#huggingFace.addressOf(part) : this.#ollama.addressOf(part);
	}

	#addressOfOrigin(origin: Model['origin'], position: number): PartAddress {
		if (origin.source === 'ollama') return this.#ollama.addressOf({ name: origin.name, path: origin.digest });
		if (origin.source !== 'huggingface') throw new Error(`a model from ${origin.source} has no address`);
		return this.#huggingFace.addressOf({ name: origin.repo, revision: origin.revision, path: origin.paths[position] ?? '' });
	}

	#transferOptions({ ownerId, ...watch }: Pick<TransferOptions, 'signal' | 'onProgress'> & { ownerId: string }): TransferOptions {
		const { transferWorker: workerFile, log, settings } = this.#options;
		const policy = () => ({ offline: settings().offline, proxy: settings().proxy });
		const onConnection = (record: ConnectionRecord) => this.#options.onConnection?.({ ...record, askedBy: ownerId });
		return { workerFile, log, policy, onConnection, limits: () => ({ bytesPerSecond: settings().downloadBytesPerSecond }), ...watch };
	}

	/** Lets go on what stands still because Homeroom was offline, unless it is. */
	#goOnOnline(): void {
		const { jobs, settings } = this.#options;
		if (!settings().offline) for (const { ownerId, id } of this.#downloads.pausedOffline()) jobs.resume(ownerId, id);
	}

	#sweep(): void {
		this.#parts.sweep(this.#downloads.wantedParts());
	}
}

function fileOf(model: FoundModel, fileId: string): FoundFile {
	const file = model.files.find(({ id }) => id === fileId);
	if (!file) throw failure('REMOTE_NOT_FOUND', { host: new URL(model.pageUrl).host, name: shorten(`${model.name} ${fileId}`) });
	return file;
}

function refuseUnverifiable({ parts, fileName }: FoundFile): void {
	if (parts.some(({ checksum }) => checksum === null)) throw failure('NO_CHECKSUM', { fileName });
}

const checked = z.string();

function specOf(model: FoundModel, files: FoundFile[]): DownloadSpec {
	const { source, name, revision, license, defaults } = model;
	const bundles = files.map(({ id, kind, fileName, parts }) => ({
		id,
		kind,
		fileName,
		parts: parts.map((part) => ({ ...part, checksum: checked.parse(part.checksum) })),
	}));
	return { source, name, revision, license, defaults, bundles };
}

/** People know a model by its file on Hugging Face and by its name in the registry of Ollama. */
function titleOf({ source, name }: FoundModel, [first]: FoundFile[]): string {
	return source === 'ollama' || !first ? name : first.fileName;
}

function isOfEntry({ origin, files }: Model, { repo, file, sha256 }: CatalogEntry): boolean {
	if (sha256 !== null && files.length === 1 && files[0]?.sha256 === sha256) return true;
	return origin.source === 'huggingface' && origin.repo === repo && origin.paths[0] === file;
}
