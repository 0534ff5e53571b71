import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { addTestModel, expect, goTo, test } from './support/story.ts';

/** A server outside the app that counts what reaches it. */
async function openSink() {
	const reached: string[] = [];
	const server = http.createServer((request, response) => {
		reached.push(request.url ?? '');
		response.setHeader('access-control-allow-origin', '*').end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// It listens on a port, not on a path.
	const { port } = server.address() as AddressInfo;
	return {
		reached,
		address: `http://127.0.0.1:${port}`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

test('R5 a page that was broken into finds no way to the system', async ({ page }) => {
	const found = await page.evaluate(() =>
		['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', '__dirname'].filter((name) => Reflect.get(globalThis, name) !== undefined),
	);
	expect(found).toEqual([]);
	// From a timer, since what a debugger evaluates is free of the page's policy.
	const evaluated = await page.evaluate(
		() =>
			new Promise((resolve) => {
				setTimeout(() => {
					try {
						resolve(new Function('return 1')());
					} catch (error) {
						resolve(error instanceof Error ? error.name : '');
					}
				});
			}),
	);
	expect(evaluated).toBe('EvalError');
});

test('R2 R3 nothing that a page tries reaches the outside', async ({ page }) => {
	const sink = await openSink();
	try {
		await page.evaluate(async (address) => {
			const add = (name: string, attributes: Record<string, string>) => {
				// The page's own document; the tests are typed for Node.
				const { document } = globalThis as unknown as {
					document: { createElement(name: string): { setAttribute(key: string, value: string): void }; body: { append(node: unknown): void } };
				};
				const element = document.createElement(name);
				try {
					for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
					document.body.append(element);
				} catch {
					// Trusted types refuse some of these before the policy does.
				}
			};
			add('img', { src: `${address}/img` });
			add('video', { poster: `${address}/poster`, src: `${address}/video` });
			add('iframe', { src: `${address}/iframe` });
			add('object', { data: `${address}/object` });
			add('script', { src: `${address}/script` });
			add('link', { rel: 'stylesheet', href: `${address}/style` });
			add('link', { rel: 'prefetch', href: `${address}/prefetch` });
			add('link', { rel: 'preload', as: 'font', href: `${address}/font` });
			await fetch(`${address}/fetch`).catch(() => {});
			Reflect.get(navigator, 'sendBeacon')?.call(navigator, `${address}/beacon`, 'x');
			try {
				new WebSocket(`${address.replace('http', 'ws')}/socket`);
			} catch {
				// Refused at once.
			}
		}, sink.address);
		// What gets through is on its way before the page has painted twice.
		await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
		expect(sink.reached).toEqual([]);
	} finally {
		sink.close();
	}
});

test('R1 R2 an image in a conversation is never fetched, a link asks with its real host', async ({ page }) => {
	const sink = await openSink();
	try {
		await addTestModel(page, test.info().outputPath('model'));
		await goTo(page, 'Chat');
		await page.getByRole('button', { name: 'Start a conversation' }).click();
		await page
			.getByRole('textbox', { name: 'Your message' })
			.fill(`![leak](${sink.address}/leak.png) <img src="${sink.address}/raw.png"> [x][y]\n\n[y]: ${sink.address}/reference`);
		await page.keyboard.press('Enter');
		await expect(page.getByText(/tokens\/s/)).toBeVisible({ timeout: 90_000 });
		expect(sink.reached).toEqual([]);
	} finally {
		sink.close();
	}
});
