import { safeStorage } from 'electron';
import type { Keychain } from '../secrets/Secrets.ts';

/**
 * The operating system's keeping of secrets: Keychain on macOS, DPAPI on Windows, libsecret or KWallet on Linux. There from when the
 * app is ready.
 *
 * It uses the calls that answer at once: secrets are read where a request is made, and Electron's asynchronous ones open what these sealed.
 */
export const keychain: Keychain = {
	// Without a password store Electron seals with a fixed key, which keeps nothing from anyone.
	isAvailable: () => safeStorage.isEncryptionAvailable() && (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
	seal: (text) => safeStorage.encryptString(text),
	open: (sealed) => safeStorage.decryptString(sealed),
};
